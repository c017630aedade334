"""Fields of the embedded index and what an entry puts into them.

Nothing is stored: rows are read from the database by primary key. Every text field is made
of tokens between blanks, which Python makes and tantivy only takes apart again.
"""

from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted

import tantivy

from rongbiao.standards.search.entry import LEVELS, NATURES, STANDING, STATUSES, Entry
from rongbiao.standards.search.sections import sections

PK_BITS = 40
PK = (1 << PK_BITS) - 1
# The editions of these ranks stand before all others: in force, national or of a sector. Their
# words stand in fields of their own, too, where the first page of a common word is found soon.
FOREMOST = (STANDING["current"] << 19) | (LEVELS.index("sector") << 16)
# field of a facet: how its values are written as figures (None: as text)
FIGURES = ("level", "status", "nature", "ics", "ccs", "region", "year", "section")


@cache
def schema() -> tantivy.Schema:
    """Return the fields: what is found by words, what filters, what sorts and counts."""
    made = tantivy.SchemaBuilder()
    made.add_unsigned_field("pk", indexed=True, fast=True)
    for name in ("text", "foremost"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("word", "edge", "foremost_edge", "initials", "filter"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    made.add_text_field("organization", tokenizer_name="raw", index_option="basic", fast=True)
    for name in (*FIGURES, "rank", "newest", "number", "stamp"):
        made.add_unsigned_field(name, fast=True)
    made.add_float_field("worth", fast=True)
    return made.build()


def document(one: Entry, words: str) -> str:
    """Return what is added to the index for an entry and the words of its title, as JSON.

    So it passes from one process to another, and into the index in one step. It is written
    out here, which takes half the time of the library's encoder; tokens need no quoting.
    """
    pk, letters = one.pk, one.initials
    texts = '","'.join(one.texts)
    edges = " ".join(one.edges)
    begun = " ".join([letters[:end] for end in range(2, len(letters) + 1)])
    organizations = ",".join(map(quoted, one.organizations))
    facets = "".join([_figures(*said) for said in one.counted.items()])
    if one.rank >= FOREMOST:
        facets += f',"foremost":["{texts}"],"foremost_edge":"{edges}"'
    return (
        f'{{"pk":{pk},"text":["{texts}"],"word":{quoted(words)},"edge":"{edges}",'
        f'"initials":"{begun}","organization":[{organizations}],'
        f'"filter":{quoted(" ".join(one.marks))},"rank":{(one.rank << PK_BITS) | pk},'
        f'"newest":{(one.day << PK_BITS) | pk},"number":{one.order},"stamp":{one.stamp},'
        f'"worth":{one.worth}{facets}}}'
    )


@lru_cache(5_000)
def _figures(facet: str, values: tuple[str, ...]) -> str:
    return f',"{facet}":{[figure(facet, value) for value in values]}'


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
