"""The journal as a chain: read out for whoever verifies it, and what is wrong with it."""

from collections.abc import Iterator, Mapping

from rongbiao.texts.chains import Fault, Linked, check

from .models import Entry

STRETCH = 2000


def linked(*, demonstration: bool = False) -> Iterator[Linked]:
    """Yield the entries of a chain in order."""
    rows = Entry.objects.filter(demonstration=demonstration).order_by("seq")
    rows = rows.select_related("case", "about", "personal")
    for entry in rows.iterator(STRETCH):
        kept = getattr(entry, "personal", None)
        yield Linked(
            seq=entry.seq,
            said=entry.saying(),
            before=entry.before,
            digest=entry.digest,
            sealed=entry.sealed,
            salt=kept.salt if kept else "",
            words=kept.words if kept else None,
        )


def faults(
    known: Mapping[int, str] | None = None, *, demonstration: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with a chain, against checkpoints kept elsewhere if there are some."""
    return check(linked(demonstration=demonstration), known)
