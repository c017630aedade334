"""What an engine is to find, and what it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rongbiao.standards.search.query import Order
from rongbiao.standards.search.typed import Phrase


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be found: a question taken apart, with the editions that its number names."""

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[Phrase, ...]
    filters: Mapping[str, tuple[str, ...]]
    facets: tuple[str, ...]
    order: Order
    start: int
    size: int
    named: tuple[int, ...] = field(default=())  # found whatever their words; they stand first


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: primary keys after the named ones, and the total without them."""

    pks: Sequence[int]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    generation: str = ""  # which state of the index answered
