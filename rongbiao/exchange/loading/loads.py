"""Loads (导入的办理): order a file in, work on it, carry on after a kill.

A ``Load`` row is order, progress and record. Work goes on under a lock that the system
frees when a process ends however it ends; who holds the lock may carry on any load.
"""

import fcntl
import hashlib
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from polars.exceptions import PolarsError

from rongbiao import __version__
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.standards import indexes
from rongbiao.standards.load import Load
from rongbiao.standards.models import Standard
from rongbiao.standards.sources import sources

from . import apart, mappings, sql, staging
from .checking import CONTROL
from .code_titles import enter_titles
from .columns import told_of, understood
from .entering import Write, enter_ready, enter_relations, enter_rows
from .fresh import Mark, Units
from .lanes import Entry, in_lanes
from .outcome import Outcome
from .portion import Incoming, Unreadable
from .reading import recognize
from .ready import Ready, in_turn
from .tables_in import Given

KEPT = 7 * 24 * 3600  # seconds
FILLING = 200_000  # rows; so many, and twice what is there, fill the register
LARGE = 20_000_000  # bytes of a file for which helpers are likely to be wanted
TABLE = "table"  # the source of a table that nobody named
Tell = Callable[[Load], None]
State = Load.State


def folder() -> Path:
    """Return where files are laid out."""
    return Path(settings.VAR) / "loading"


@contextmanager
def at_work() -> Iterator[bool]:
    """Hold the lock of loading, or give False where another process holds it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def order(
    path: Path | None,
    file: File | None = None,
    *,
    source: str = "",
    basis: str = "",
    basis_on: date | None = None,
    aim: str = Load.Aim.READ,
    mapping: dict[str, str] | None = None,
    skip_refused: bool = False,
    actor: Post | None = None,
    day: date | None = None,
) -> Load:
    """Order a file in, from the console by its path or from a page by what was uploaded.

    An order that is unfinished for the same file, source, mapping and aim is carried on
    instead of a second one. Raises ``Refused`` with a sentence.
    """
    if source and source not in sources():
        raise Refused(
            _("没有“{source}”这个来源，可选：{known}。").format(
                source=source, known="、".join(sources())
            )
        )
    if actor and not actor.is_officer:
        raise Refused(_("标准由联席会议办公室经办人导入。"))
    if aim == Load.Aim.ENTER and not basis.strip():
        raise Refused(_("导入应写明依据的文号。"))
    if basis_on and basis_on > (day or timezone.localdate()):
        raise Refused(_("依据日期不能晚于今天。"))
    if path:
        name, size, digest = path.name, path.stat().st_size, digest_of(path)
    elif file:
        name, size, digest = file.name, file.size, file.sha256
    else:
        raise Refused(_("没有文件。"))
    place = _place(digest, mapping or {}, source)
    unfinished = Load.objects.filter(
        place=place, aim=aim, skip_refused=skip_refused, state__in=Load.UNDER_WAY
    ).last()
    if unfinished:
        return unfinished
    return Load.objects.create(
        name=name[-200:],
        sha256=digest,
        size=size,
        path=str(path.resolve()) if path else "",
        file=file,
        place=place,
        source=source,
        basis=re.sub(CONTROL, "", basis).strip()[:200],
        basis_on=basis_on,
        source_on=basis_on or day or timezone.localdate(),
        aim=aim,
        mapping=mapping or {},
        skip_refused=skip_refused,
        actor=actor,
        day=day or timezone.localdate(),
        demonstration=bool(actor and actor.demonstration),
    )


def work(load: Load, tell: Tell = lambda load: None) -> Load:
    """Read a load and, if so ordered, enter it; the caller holds the lock.

    Where it cannot be read, or has refused lines, its state says so and nothing is entered.
    """
    sweep()
    place = folder() / load.place
    with apart.helpers(at_once=load.size >= LARGE) as helpers:
        try:
            staged = _staged(load, place, helpers, tell)
        except Unreadable as bad:
            load.headings = bad.headings or load.headings
            return _end(load, State.REFUSED, why=str(bad))
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, PolarsError):
            # What nobody thought of must not stop the orders behind it; the log has the details.
            logging.getLogger(__name__).exception("load %s: %s", load.pk, load.name)
            why = _("“{name}”读不出来，请把文件交给系统管理员。").format(name=load.name)
            return _end(load, State.REFUSED, why=why)
        refused = staged.outcome["refused"]
        if load.aim == Load.Aim.READ:
            _survey(load, staged, place, helpers, tell)
            return load
        if refused and not load.skip_refused:
            why = _("有 {n} 行不能接收，没有登记任何一行。").format(n=refused)
            return _end(load, State.REFUSED, why=why)
        with sql.roomy():
            _enter(load, staged, place, helpers, tell)
            indexes.restore()
    with transaction.atomic():
        _end(load, State.DONE)
        _journal(load, "loaded", **load.counts)
    shutil.rmtree(place, ignore_errors=True)
    return load


def mend() -> list[str]:
    """Make the indexes that a load put off and, killed, will not make; the caller holds the lock."""
    if Load.objects.filter(state=State.ENTERING).exists():
        return []  # that load carries on, and makes them at its end
    return indexes.restore()


def sweep() -> None:
    """Remove what was laid out a week ago and belongs to no load under way."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = set(Load.objects.filter(state__in=Load.UNDER_WAY).values_list("place", flat=True))
    for old in folder().iterdir():
        idle = old.is_dir() and old.name[:24] not in wanted
        if idle and time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)


def _place(digest: str, mapping: dict[str, str], source: str) -> str:
    """Name the folder of a file by all that decides what is laid out there."""
    said = f"{digest} {sorted(mapping.items())} {source} {__version__}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _path(load: Load) -> Path:
    path = Path(load.file.content.path) if load.file else Path(load.path)
    if not path.is_file():
        raise Unreadable(_("“{name}”已经不在原处。").format(name=load.name))
    return path


def _staged(load: Load, place: Path, helpers: Executor, tell: Tell) -> staging.Staged:
    def given(headings: list[str]) -> dict[str, str]:
        return mappings.remembered(load.source or TABLE, headings) | load.mapping

    found = staging.staged_before(place)
    if found and (load.cursor or _as_understood(found, given)):
        _take(load, found)
        _keep(load, found)
        return found
    path = _path(load)
    if load.path and digest_of(path) != load.sha256:
        raise Unreadable(_("“{name}”在提交以后变了，请重新导入。").format(name=load.name))
    load.state, load.started_at = State.READING, load.started_at or timezone.now()
    load.save(update_fields=["state", "started_at"])
    unpacked = place.with_name(f"{place.name}-unpacked")
    try:
        incoming = recognize(path, given, unpacked, load.name)
        _take(load, incoming)

        def report(rows: int) -> None:
            load.progress = rows
            tell(load)

        staged = staging.stage(incoming, place, helpers, report)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    if load.mapping and incoming.headings:
        mappings.remember(load.source, incoming.headings, incoming.columns)
    _keep(load, staged)
    return staged


def _as_understood(found: staging.Staged, given: Given) -> bool:
    """Tell whether the headings laid out mean what they mean today: somebody may have told since."""
    return understood(found.headings, given(found.headings)) == found.columns


def _take(load: Load, read: Incoming | staging.Staged) -> None:
    """A format that tells its source decides, unless a person named another."""
    load.format = read.format
    load.source = load.source or read.source or TABLE
    load.headings = told_of(read.headings, read.columns)
    load.save(update_fields=["format", "source", "headings"])


def _keep(load: Load, staged: staging.Staged) -> None:
    load.lines, load.parts = staged.outcome["lines"], len(staged.parts)
    if not load.cursor:
        load.counts, load.progress = staged.outcome, 0
    load.refused = staged.reasons
    load.save(update_fields=["lines", "progress", "parts", "counts", "refused"])


def _mark(load: Load) -> Mark:
    return Mark(load.source, load.source_on, load.basis, load.basis_on, load.demonstration)


def _parts(
    load: Load, staged: staging.Staged, place: Path, helpers: Executor, write: Write
) -> Iterator[Entry]:
    """Give, part after part, what tries or writes it, and what must stand beside meanwhile."""
    mark, units = _mark(load), _units()
    parts = staged.parts[load.cursor :]
    writes = write != Write.NOTHING
    for part, coming in in_turn(place, parts, helpers, mark, units, write=writes):
        said = part.low, part.high, mark, units, write
        if part.kind != "relations":
            load.progress += part.height
        if isinstance(coming, Ready):
            yield coming.path, partial(_enter_ready, coming, place, part, *said)
        elif part.kind == "rows":
            yield None, partial(enter_rows, coming, *said)
        elif part.kind == "titles":
            yield None, partial(enter_titles, coming, mark, write=writes)
        else:
            yield None, partial(enter_relations, coming, mark, write)


def _enter_ready(ready: Ready, place: Path, part: staging.Part, *said: Any) -> Outcome:
    """Write what was made ready, unless somebody entered one of its editions meanwhile."""
    if sql.any_between(part.low, part.high):
        return enter_rows(staging.part_rows(place, part), *said)
    return enter_ready(ready, said[-1])


def _units() -> Units:
    units: Units = {}
    for unit in Organization.objects.only("pk", "name", "aliases"):
        units |= dict.fromkeys((unit.name, *unit.aliases), unit.pk)
    return units


def _survey(load: Load, staged: staging.Staged, place: Path, helpers: Executor, tell: Tell) -> None:
    """Compare everything with the register; nothing is written but what was found."""
    total = Outcome.of(staged.outcome, [])
    for _beside, enter in _parts(load, staged, place, helpers, Write.NOTHING):
        total.add(enter())
        tell(load)
    load.counts = total.counts()
    _end(load, State.READ)


def _enter(load: Load, staged: staging.Staged, place: Path, helpers: Executor, tell: Tell) -> None:
    """Enter part after part, each in one transaction with the cursor."""
    if load.state != State.ENTERING:
        with transaction.atomic():
            load.state = State.ENTERING
            load.save(update_fields=["state"])
            _journal(load, "load")
    write = Write.FILLING if _fills(load) else Write.ROWS
    if write == Write.FILLING and load.cursor < load.parts:
        indexes.put_off()

    def keep(outcome: Outcome) -> None:
        total = Outcome.of(load.counts, [])
        total.add(outcome)
        load.counts, load.cursor = total.counts(), load.cursor + 1
        load.save(update_fields=["counts", "cursor", "progress"])

    side_by_side = write == Write.FILLING and sql.may_part()
    for _done in in_lanes(
        _parts(load, staged, place, helpers, write), keep, 3 if side_by_side else 1
    ):
        tell(load)


def _fills(load: Load) -> bool:
    """Tell whether a load is most of what the register will hold."""
    if load.cursor:  # begun before: what it put off is still missing
        return bool(indexes.missing())
    rows = load.lines - load.counts.get("refused", 0)
    return rows >= FILLING and rows >= 2 * Standard.objects.count()


def _journal(load: Load, verb: str, **words: Any) -> None:
    journal.write(
        load.actor, verb, load, day=load.day, source=load.source, basis=load.basis,
        sha256=load.sha256, **words,
    )  # fmt: skip


def _end(load: Load, state: str, why: str = "") -> Load:
    load.state, load.why, load.finished_at = state, why[:500], timezone.now()
    load.save(update_fields=["state", "why", "finished_at", "counts", "progress", "headings"])
    return load


def refused_rows(load: Load) -> Iterator[tuple[int, str, str]]:
    """Give every refusal of a load that is still laid out, else those that were kept."""
    place = folder() / load.place
    if found := staging.staged_before(place):
        yield from staging.refused_rows(place, found)
    else:
        yield from (tuple(one) for one in load.refused)
