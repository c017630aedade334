"""Changes (改动): what was before and after, in the words of the columns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rongbiao.standards.models import Standard

LABELS = {
    "number": _("标准编号"),
    "drafters": _("起草单位"),
    "relations": _("标准关系"),
    "text": _("标准文本"),
}


def column(name: str) -> Any:
    """Return a column of an edition."""
    return Standard._meta.get_field(name)


def label_of(name: str) -> Any:
    """Return the heading of a column of an edition."""
    return LABELS.get(name) or column(name).verbose_name


def value_of(name: str, value: Any) -> str:
    """Return a value as a page shows it: the word of a choice, a list in one line."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if name not in LABELS and (choices := column(name).choices):
        return str(dict(choices).get(value, value or ""))
    return "" if value is None else str(value)


def changes_of(words: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Return (heading, before, after) of what an event or a line of the journal says."""
    if "after" in words:
        pairs = {name: [words["before"].get(name), now] for name, now in words["after"].items()}
    else:
        pairs = words
    return [
        (label_of(name), value_of(name, was), value_of(name, now))
        for name, (was, now) in pairs.items()
    ]
