"""The dump (每日全量): all standards and relations as one file a day, with its checksum.

A dump is JSON Lines in gzip. Its first line says what it is, of which day, and how much it
holds; every further line is one standard or one relation, ``kind`` says which. A file is
there whole or not at all, and the seven newest are kept.
"""

import gzip
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from rongbiao.exchange.export.records import record
from rongbiao.exchange.export.walking import by_number
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Relation, Standard

KEPT = 7
FORM = 1  # of the file; a reader refuses what is newer
NAME = re.compile(r"standards-(\d{4}-\d{2}-\d{2})\.jsonl\.gz")
LEVEL = 6  # of compression
PORTION = 5_000
PIECE = 1024 * 1024
RELATION = ("kind", "subject", "object", "dated", "since", "source", "basis", "basis_on")


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump as it lies on the disk."""

    path: Path
    day: date
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def checksum(self) -> Path:
        """The file that ``sha256sum -c`` reads."""
        return self.path.with_name(f"{self.path.name}.sha256")


def folder() -> Path:
    """Return where dumps lie."""
    return Path(settings.VAR) / "dumps"


def kept() -> list[Dump]:
    """Return the dumps that are whole, newest first."""
    found = []
    for path in sorted(folder().glob("standards-*.jsonl.gz"), reverse=True):
        named = NAME.fullmatch(path.name)
        checksum = path.with_name(f"{path.name}.sha256")
        if named and checksum.exists():
            sha256 = checksum.read_text().split(" ", 1)[0]
            found.append(Dump(path, date.fromisoformat(named[1]), path.stat().st_size, sha256))
    return found


@contextmanager
def one_moment() -> Iterator[None]:
    """See the register as it is at one moment, while others go on writing.

    On SQLite a plain reading transaction, which locks nobody out; within a transaction
    (of a test, of an act) that one's own view is the moment.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read read only")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("begin deferred")
            try:
                yield
            finally:
                cursor.execute("commit")


def lines(day: date) -> Iterator[dict[str, Any]]:
    """Yield what a dump holds, line by line."""
    yield {
        "kind": "dump",
        "form": FORM,
        "day": day.isoformat(),
        "city": settings.CITY["code"],
        "standards": Standard.objects.count(),
        "relations": Relation.objects.count(),
    }
    for standard in by_number():
        yield (
            {"kind": "standard"}
            | record(standard)
            | {"issued_precision": standard.issued_precision}
        )
    last = 0
    rows = Relation.objects.order_by("pk").values("pk", *RELATION)
    while portion := list(rows.filter(pk__gt=last)[:PORTION]):
        last = portion[-1]["pk"]
        for said in portion:
            yield {"kind": "relation", "relation": said["kind"]} | {
                name: said[name] for name in RELATION[1:]
            }


def write(day: date) -> Dump:
    """Write the dump of a day, in place of an earlier one of the same day; forget the oldest."""
    target = folder() / f"standards-{day}.jsonl.gz"
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    for lost in target.parent.glob(".dump-*"):
        lost.unlink(missing_ok=True)  # of a run that was ended
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".dump-", delete=False) as draft:
        with one_moment(), gzip.GzipFile("", "wb", LEVEL, draft, mtime=0) as packed:
            for line in lines(day):
                packed.write(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")
        flushed(draft)
    sha256 = sha256_of(Path(draft.name))
    checksum = target.with_name(f"{target.name}.sha256")
    with tempfile.NamedTemporaryFile(
        "w", dir=target.parent, prefix=".dump-", delete=False
    ) as proof:
        proof.write(f"{sha256}  {target.name}\n")
        flushed(proof)
    checksum.unlink(missing_ok=True)  # without it nobody takes the file for whole
    Path(draft.name).chmod(0o644)
    Path(proof.name).chmod(0o644)
    Path(draft.name).replace(target)
    Path(proof.name).replace(checksum)
    for old in kept()[KEPT:]:
        old.checksum.unlink()
        old.path.unlink()
    return Dump(target, day, target.stat().st_size, sha256)


def flushed(file: IO) -> None:
    """Bring a file to the disk."""
    file.flush()
    os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """Return the hash of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a dump after its first; refused when it is not whole."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        head = json.loads(file.readline() or "{}")
        if head.get("kind") != "dump" or head.get("form", FORM + 1) > FORM:
            raise Refused(f"“{path.name}”不是本版本能读的全量数据。")
        counts = {"standard": 0, "relation": 0}
        for text in file:
            line = json.loads(text)
            counts[line["kind"]] += 1
            yield line
    if (counts["standard"], counts["relation"]) != (head["standards"], head["relations"]):
        raise Refused(f"“{path.name}”不完整：所存条数与首行所记不符。")
