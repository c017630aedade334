"""Background (后台): what was uploaded is worked off beside the pages.

``rongbiao serve`` keeps a process that works off waiting loads (``rongbiao load --waiting``).
A small file is read at once, so that its report stands on the page that follows.
"""

from datetime import date

from rongbiao.archive.models import File
from rongbiao.parties.models import Post
from rongbiao.standards.load import Load

from . import loads

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
    return _begun(loads.order(None, file, source=source, mapping=mapping, actor=actor, day=day))


def again(load: Load, mapping: dict[str, str], *, actor: Post, day: date) -> Load:
    """Order the dry run of the same upload once more, its headings understood otherwise."""
    return _begun(
        loads.order(None, load.file, source=load.source, mapping=mapping, actor=actor, day=day)
    )


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
        loads.order(
            None, load.file, source=load.source, mapping=load.mapping, basis=basis,
            basis_on=basis_on, skip_refused=skip_refused, aim=Load.Aim.ENTER,
            actor=actor, day=day,
        )
    )  # fmt: skip


def _begun(load: Load) -> Load:
    if load.size <= AT_ONCE and load.state == Load.State.WAITING:
        with loads.at_work() as alone:
            if alone:
                loads.work(load)
    return load
