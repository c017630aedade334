"""Background (后台): what was uploaded is worked off beside the pages.

``rongbiao serve`` keeps a process that works off waiting loads (``rongbiao load --waiting``).
A small file is read at once, so that its report stands on the page that follows.

What reads tables is imported when there is one: Polars takes 14 MB of each worker.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rongbiao.archive.models import File
from rongbiao.parties.models import Post
from rongbiao.standards.load import Load

AT_ONCE = 512 * 1024  # bytes
MEDIA = "application/octet-stream"  # what it is, reading finds out


def start(
    content: bytes,
    name: str,
    *,
    actor: Post,
    day: date,
    source: str = "",
    mapping: dict[str, str] | None = None,
) -> Load:
    """Keep an upload and order its dry run; a small one is read before this returns."""
    file = File.objects.keep(content, name, MEDIA, demonstration=actor.demonstration)
    return _begun(file, source=source, mapping=mapping, actor=actor, day=day)


def again(load: Load, mapping: dict[str, str], *, actor: Post, day: date) -> Load:
    """Order the dry run of the same upload once more, its headings understood otherwise."""
    return _begun(load.file, source=load.source, mapping=mapping, actor=actor, day=day)


def enter(
    load: Load,
    *,
    basis: str,
    basis_on: date | None,
    skip_refused: bool,
    actor: Post,
    day: date,
) -> Load:
    """Order what was read on trial to be entered."""
    return _begun(
        load.file, source=load.source, mapping=load.mapping, basis=basis, basis_on=basis_on,
        skip_refused=skip_refused, aim=Load.Aim.ENTER, actor=actor, day=day,
    )  # fmt: skip


def refused(load: Load) -> Iterator[tuple[int, str, str]]:
    """Give every refusal of a load: line, column, reason."""
    from . import loads

    return loads.refused_rows(load)


def _begun(file: File | None, **said: Any) -> Load:
    from . import loads

    load = loads.order(None, file, **said)
    if load.size <= AT_ONCE and load.state == Load.State.WAITING:
        with loads.at_work() as alone:
            if alone:
                loads.work(load)
    return load
