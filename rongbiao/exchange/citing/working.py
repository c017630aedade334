"""Working (办理核查): file after file is read apart, searched, judged, and laid out to be shown.

A small order is worked off at once; a large one by ``rongbiao citing --follow``, which
takes one file of each waiting order in turn, so that nobody waits for somebody else's 200.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.texts.documents import READ, Document, Unreadable, plain_name, read_apart
from rongbiao.texts.documents.bundles import members
from rongbiao.texts.documents.limits import SECONDS as LONGEST
from rongbiao.texts.documents.packages import package_kind
from rongbiao.texts.documents.unreadable import Said, TooSlow

from . import checks
from .checks import Check, Item, State
from .findings import Finding, counted, findings
from .sheets import sheets

AT_ONCE = 256 * 1024  # bytes that are worked off before the page answers
SECONDS = 2.0  # of working at once; what is left then waits for its turn
LEFT = 60.0  # seconds after which whoever worked at once is taken for fallen
WANTED = READ - {"zip"}
ZIP = b"PK\x03\x04"
MOST_TRIES = 2
NESTED = Said("压缩包中的“{name}”又是压缩包，请解开后再提交。")
WITH_COMMENTS = "docx"  # the kind whose own file is needed later


def begin(check: Check) -> Check:
    """Work off a small order at once; a large one waits for its turn."""
    until = time.monotonic() + SECONDS
    check.queued = sum(item.size for item in check.items) > AT_ONCE
    while not (check.ended or check.queued):
        step(check, SECONDS)
        check.queued = time.monotonic() > until
    check.save()
    return check


@contextmanager
def at_work() -> Iterator[bool]:
    """Hold the lock of those who work off orders, or give False where another process does."""
    with (checks.home() / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def step_all() -> bool:
    """Work on one file of every order that waits; tell whether there was any."""
    stale = time.time() - LEFT
    orders = [one for one in checks.waiting() if one.queued or max(one.begun, one.served) < stale]
    for check in orders:
        step(check)
    return bool(orders)


def step(check: Check, seconds: float = LONGEST) -> None:
    """Work on the next file of an order, and end it after the last.

    A file that takes more than so many seconds goes on waiting where more would be allowed.
    """
    place = next((n for n, one in enumerate(check.items) if one.state == State.WAITING), None)
    if place is not None:
        with translation.override(check.language):
            _work(check, place, seconds)
        check.served = time.time()
    if all(item.state != State.WAITING for item in check.items):
        check.ended, check.until = True, time.time() + checks.KEPT
        (check.folder / checks.WAITING).unlink(missing_ok=True)
    check.save()


def _work(check: Check, place: int, seconds: float) -> None:
    item, source = check.items[place], check.path(place, "source")
    if item.tries == MOST_TRIES:  # whoever worked on it fell, and would fall again
        item.state, item.why = State.REFUSED, _("核查这个文件时中断，请拆分后再试。")
        return
    item.tries += 1
    check.save()
    keep = False
    try:
        content = source.read_bytes()
        if _is_package(content, item.name):
            _unpack(check, place, content)
        else:
            document = read_apart(content, item.name, WANTED, seconds)
            _lay_out(check, place, document)
            keep = document.kind == WITH_COMMENTS
    except Unreadable as why:
        if isinstance(why, TooSlow) and seconds < LONGEST:
            item.tries, keep = 0, True  # its turn comes in the queue, where progress is shown
        else:
            item.state, item.why = State.REFUSED, why.told(_)
    except FileNotFoundError:  # forgotten meanwhile
        item.state = State.REFUSED
    if not keep:
        source.unlink(missing_ok=True)


def _is_package(content: bytes, name: str) -> bool:
    if not content.startswith(ZIP):
        return False
    try:
        return package_kind(content) == "zip"
    except Unreadable as why:
        shown = plain_name(name) or _("未命名")
        raise Unreadable(Said("“{name}”：{why}"), name=shown, why=why) from why


def _unpack(check: Check, place: int, content: bytes) -> None:
    """Put the files of a package in its place, each to be worked on like one that came alone."""
    item = check.items[place]
    if item.inner:
        raise Unreadable(NESTED, name=item.name)
    room = checks.MOST_UNPACKED - sum(one.size for one in check.items)
    for name, inner in members(content):
        room -= len(inner)
        if len(check.items) >= checks.MOST_FILES or room < 0:
            words = _("压缩包里的文件过多，只核查了前 {n} 个，其余请分几次核查。")
            item.notes.append(words.format(n=len(check.items) - place - 1))
            break
        check.path(len(check.items), "source").write_bytes(inner)
        check.items.append(Item(name, len(inner), inner=True))
    item.state, item.kind = State.DONE, "zip"


def _lay_out(check: Check, place: int, document: Document) -> None:
    item = check.items[place]
    found = findings(document, check.on)
    item.kind, item.pages, item.letters = document.kind, document.pages, len(document.text)
    item.notes = [note.told(_) for note in document.notes]
    item.counts, item.total = counted(found), len(found)
    item.act = sum(1 for one in found if one.act)
    _write_findings(check.path(place, "findings"), found)
    item.sheets = []
    with check.path(place, "sheets").open("wb") as file:
        for sheet in sheets(document, found):
            about = {"offset": file.tell(), "n": len(sheet["findings"]), "pages": sheet["pages"]}
            about["first"] = sheet["findings"][0]["place"] if sheet["findings"] else None
            item.sheets.append(about)
            file.write(json.dumps(sheet, ensure_ascii=True).encode() + b"\n")
    item.state = State.DONE


def _write_findings(path: Path, found: list[Finding]) -> None:
    with path.open("wb") as file:
        for one in found:
            said = json.dumps(one.to_json(), ensure_ascii=True)
            file.write(f"{','.join(one.groups)}\t{said}\n".encode())


def tidy() -> None:
    """Remove what has had its time; a disk that refuses stops nothing else."""
    with suppress(OSError):
        checks.sweep(time.time())
