"""Converting (转化): which standard of the government came of which standard of the market."""

from datetime import date

from rongbiao.texts.numbers import read_number

from .relation import Relation
from .sources import CITY


def relate(new: str, old: str, document: str, *, day: date, demonstration: bool) -> Relation:
    """Keep that one standard was converted from another; said again, it stays as it is.

    Both ends are numbers: neither need stand in the register yet, and the pages of both show it.
    """
    subject, origin = read_number(new), read_number(old)
    row, _new = Relation.objects.get_or_create(
        kind=Relation.Kind.CONVERTS, subject_key=subject.key, object_key=origin.key,
        defaults={
            "subject": str(subject.bare), "object": str(origin.bare), "since": day,
            "source": CITY, "basis": document, "basis_on": day, "demonstration": demonstration,
        },
    )  # fmt: skip
    return row
