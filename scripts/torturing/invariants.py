"""What must hold whatever happened: acknowledged is kept, nothing is half done, the chain is whole."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path


def acknowledged(path: Path) -> list[dict]:
    """Return what was acknowledged; a last line that was cut in two was told to nobody."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def broken(acks: list[dict]) -> list[str]:
    """Return what does not hold, in sentences."""
    return [*lost(acks), *chained(), *files(), *numbers(), *whole()]


def lost(acks: list[dict]) -> Iterator[str]:
    """Yield what was answered and is not there."""
    from rongbiao.cases.models import Entry
    from rongbiao.standards.models import Standard

    digests = dict(Entry.objects.values_list("seq", "digest"))
    tokens = set(Entry.objects.exclude(token=None).values_list("token", flat=True))
    for ack in acks:
        if "seq" not in ack:  # answered over HTTP
            if ack["token"] not in tokens:
                yield f"已答复的{ack['what']}丢失"
            continue
        if digests.get(ack["seq"]) != ack["digest"]:
            yield f"已答复的第 {ack['seq']} 条记录丢失"
        number = ack.get("number")
        if number and not Standard.objects.filter(number=number).exists():
            yield f"已批准的{number}不在名录"


def chained() -> Iterator[str]:
    """Yield where the chain does not hold."""
    from rongbiao.cases.models import Entry, Head
    from rongbiao.stages import journal

    yield from (fault.why for fault in journal.faults())
    head = Head.objects.filter(demonstration=False).first()
    if (head.seq if head else 0) != Entry.objects.count():
        yield "链头与记录数不符"


def files() -> Iterator[str]:
    """Yield the files that are not what their hash says."""
    from rongbiao.archive.models import File

    for file in File.objects.all():
        path = Path(file.content.path)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            yield f"文件{file.sha256[:12]}缺失或不完整"


def numbers() -> Iterator[str]:
    """Yield what is wrong with the numbers taken: gaps, doubles, approvals without a number."""
    from rongbiao.cases.models import Case, Entry
    from rongbiao.parties.models import Serial
    from rongbiao.standards.models import Standard

    held = Standard.objects.filter(key__startswith="DB3501/T").values_list("number", flat=True)
    taken = sorted(int(number.split()[1].split("-")[0]) for number in held)
    approved = Entry.objects.filter(stage_key="approval", action_key="approve").count()
    if taken != list(range(1, approved + 1)):
        yield f"编号{taken}不连续，或与批准数 {approved} 不符"
    serial = Serial.objects.filter(key="DB3501/T").first()
    if (serial.last if serial else 0) != len(taken):
        yield "号段与已发布的编号不符"
    if half := Case.objects.filter(stage_key__in=("disclosure", "filing"), standard=None).count():
        yield f"{half} 件已批准而没有标准"


def whole() -> Iterator[str]:
    """Yield what SQLite itself finds wrong."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (said,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            yield f"数据库不完整：{said}"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    import django

    django.setup()
    print("\n".join(broken(acknowledged(Path(sys.argv[1])))))
