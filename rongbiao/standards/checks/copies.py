"""Copies (照抄): which texts share most of their passages with a local standard of the register."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from rongbiao.standards.models import Fingerprint, Standard, Statement
from rongbiao.texts.documents import Unreadable, read_apart
from rongbiao.texts.fingerprints import fingerprints

SHARE = 0.5  # of the passages of a text: so much of one other text is a copy
LEAST = 8  # sampled passages: a shorter text tells nothing
AT_ONCE = 20  # texts of the register fingerprinted in one go
ASKED = 900  # values in one question
LOCAL = (Standard.Level.PROVINCIAL, Standard.Level.MUNICIPAL)


@dataclass(frozen=True, slots=True)
class Copy:
    """What a text seems to be copied from, and how much of it."""

    number: str
    title: str
    share: float


def keep(standard: Standard, words: str) -> int:
    """Keep the fingerprints of a standard's text; return how many."""
    Fingerprint.objects.filter(standard=standard).delete()
    rows = [
        Fingerprint(standard=standard, value=value, demonstration=standard.demonstration)
        for value in sorted(fingerprints(words)) or [-1]  # -1: read, and nothing to keep
    ]
    return len(Fingerprint.objects.bulk_create(rows, batch_size=1000))


def catch_up(most: int = AT_ONCE) -> int:
    """Fingerprint texts of local standards that have none yet; return how many."""
    done = Fingerprint.objects.filter(standard=OuterRef("pk"))
    waiting = Standard.objects.filter(level__in=LOCAL, text__isnull=False).exclude(Exists(done))
    texts = list(waiting.select_related("text").order_by("pk")[:most])
    for standard in texts:
        assert standard.text is not None
        try:
            words = read_apart(standard.text.read(), standard.text.name).text
        except (Unreadable, OSError):
            words = ""  # damaged or lost: nothing can be told by it
        keep(standard, words)
    return len(texts)


def copies(rows: Sequence[Statement]) -> dict[int, Copy]:
    """Return what each text that is a copy was copied from, by the key of its statement."""
    prints = {row.pk: found for row in rows if row.own and len(found := _of(row)) >= LEAST}
    if not prints:
        return {}
    holders: dict[int, list[int]] = {}
    for value, standard in _held({value for found in prints.values() for value in found}):
        holders.setdefault(value, []).append(standard)
    nearest: dict[int, tuple[int, float]] = {}
    for pk, found in prints.items():
        counts = Counter(one for value in found for one in holders.get(value, ()))
        if counts:
            standard, shared = counts.most_common(1)[0]
            if shared / len(found) >= SHARE:
                nearest[pk] = standard, shared / len(found)
    named = Standard.objects.in_bulk({standard for standard, _share in nearest.values()})
    return {
        pk: Copy(named[standard].number, named[standard].title, share)
        for pk, (standard, share) in nearest.items()
    }


def _of(row: Statement) -> frozenset[int]:
    return fingerprints(row.words) if row.words else frozenset()


def _held(values: set[int]) -> Iterable[tuple[int, int]]:
    wanted = sorted(values)
    for start in range(0, len(wanted), ASKED):
        part = wanted[start : start + ASKED]
        yield from Fingerprint.objects.filter(value__in=part).values_list("value", "standard")
