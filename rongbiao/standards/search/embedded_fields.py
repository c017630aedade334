"""Fields of the embedded index and what an entry puts into them.

Nothing is stored: rows are read from the database by primary key. Every text field is made
of tokens between blanks, which Python makes and tantivy only takes apart again.
"""

from functools import cache

import tantivy

from rongbiao.standards.search.entry import LEVELS, NATURES, STATUSES, Entry
from rongbiao.standards.search.sections import sections

PK_BITS = 40
PK = (1 << PK_BITS) - 1
# field of a facet: how its values are written as figures (None: as text)
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


def document(one: Entry, words: str) -> tantivy.Document:
    """Return what is added to the index for an entry and the words of its title."""
    made = tantivy.Document()
    made.add_unsigned("pk", one.pk)
    for text in one.texts:
        made.add_text("text", text)
    made.add_text("word", words)
    made.add_text("edge", " ".join(one.edges))
    letters = one.initials
    made.add_text("initials", " ".join([letters[:end] for end in range(2, len(letters) + 1)]))
    for name in one.organizations:
        made.add_text("organization", name)
    filters = list(one.beneath)
    for facet, values in one.counted.items():
        for value in values:
            filters.append(f"{facet}:{value}")
            made.add_unsigned(facet, figure(facet, value))
    made.add_text("filter", " ".join(filters))
    made.add_unsigned("rank", (one.rank << PK_BITS) | one.pk)
    made.add_unsigned("newest", (one.day << PK_BITS) | one.pk)
    made.add_unsigned("number", one.order)
    made.add_unsigned("stamp", one.stamp)
    made.add_float("worth", one.worth)
    return made


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
