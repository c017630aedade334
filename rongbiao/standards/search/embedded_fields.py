"""Fields of the embedded index and what an entry puts into them.

Nothing is stored: rows are read from the database by primary key. Every text field is made
of tokens between blanks, which Python makes and tantivy only takes apart again.
"""

import json
from functools import cache

import tantivy

from rongbiao.standards.search.entry import LEVELS, NATURES, STATUSES, Entry
from rongbiao.standards.search.sections import sections

PK_BITS = 40
PK = (1 << PK_BITS) - 1
# field of a facet: how its values are written as figures (None: as text)
JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
FIGURES = ("level", "status", "nature", "ics", "ccs", "region", "year", "section")


@cache
def schema() -> tantivy.Schema:
    """Return the fields: what is found by words, what filters, what sorts and counts."""
    made = tantivy.SchemaBuilder()
    made.add_unsigned_field("pk", indexed=True, fast=True)
    made.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    for name in ("word", "edge", "initials", "filter"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    made.add_text_field("organization", tokenizer_name="raw", index_option="basic", fast=True)
    for name in (*FIGURES, "rank", "newest", "number", "stamp"):
        made.add_unsigned_field(name, fast=True)
    made.add_float_field("worth", fast=True)
    return made.build()


def document(one: Entry, words: str) -> str:
    """Return what is added to the index for an entry and the words of its title, as JSON.

    So it passes from one process to another, and into the index in one step.
    """
    letters = one.initials
    made: dict[str, object] = {
        "pk": one.pk,
        "text": one.texts,
        "word": words,
        "edge": " ".join(one.edges),
        "initials": " ".join([letters[:end] for end in range(2, len(letters) + 1)]),
        "organization": one.organizations,
        "filter": " ".join(one.marks),
        "rank": (one.rank << PK_BITS) | one.pk,
        "newest": (one.day << PK_BITS) | one.pk,
        "number": one.order,
        "stamp": one.stamp,
        "worth": one.worth,
    }
    for facet, values in one.counted.items():
        made[facet] = [figure(facet, value) for value in values]
    return JSON(made)


def figure(facet: str, value: str) -> int:
    """Return the figure by which a value of a facet is counted."""
    if facet in {"year", "region", "ics"}:
        return int(value) if value.isdecimal() else 0
    if facet == "ccs":
        return ord(value[0])
    return _places(facet)[value]


def value(facet: str, counted: int) -> str:
    """Return the value of a facet that was counted by its figure."""
    if facet in {"year", "region"}:
        return str(counted)
    if facet == "ics":
        return f"{counted:02d}"
    if facet == "ccs":
        return chr(counted)
    return list(_places(facet))[counted]


@cache
def _places(facet: str) -> dict[str, int]:
    listed = {"level": LEVELS, "status": STATUSES, "nature": NATURES}
    names = listed[facet] if facet in listed else tuple(sections())
    return {name: place for place, name in enumerate(names)}
