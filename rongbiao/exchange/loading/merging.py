"""Merging (归并): what becomes of an edition when another source, or the same one later, speaks.

The rule of ``sources.py``, column by column. A column belongs to the source of its claim, or
to the source of the edition where it has none. An empty value says nothing.
"""

from dataclasses import dataclass, field
from datetime import date

from rongbiao.standards.sources import believed

Speaker = tuple[str, date | None]  # a source and its day
Claims = dict[str, dict[str, tuple[str, date | None]]]  # column: source: value and day


# How much of a day in ISO is said.
EXACT = {"year": 4, "month": 7, "day": 10}


@dataclass
class Merged:
    """What changes: columns of the edition, and claims to be written or taken away."""

    values: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str, str, date | None]] = field(default_factory=list)  # field, value …
    unsaid: list[tuple[str, str]] = field(default_factory=list)  # field, source
    disagreements: int = 0
    older: int = 0  # columns of which the same source spoke on a later day
    filled: int = 0


def merge(
    held: dict[str, str], owner: Speaker, claims: Claims, said: dict[str, str], speaker: Speaker
) -> Merged:
    """Return what an edition becomes when a speaker says something of it.

    ``held`` and ``said`` are columns as text, empty where nothing is said.
    """
    merged = Merged()
    exactness = _exactness(held, said)
    if exactness == "finer":
        merged.values = {name: said[name] for name in ("issued_on", "issued_precision")}
    for name, value in said.items():
        if not value or name == "issued_precision" or (exactness and name == "issued_on"):
            continue
        _column(merged, name, held.get(name) or "", owner, claims.get(name, {}), value, speaker)
    if "issued_on" in merged.values:
        of_said = merged.values["issued_on"] == said["issued_on"]
        merged.values["issued_precision"] = said["issued_precision"] if of_said else "day"
    return merged


def _exactness(held: dict[str, str], said: dict[str, str]) -> str:
    """Tell whether a day of issue is the held one said more (or less) exactly."""
    old, new = held.get("issued_on") or "", said.get("issued_on") or ""
    if not old or not new:
        return ""
    was, now = (EXACT[one.get("issued_precision") or "day"] for one in (held, said))
    if was == now or old[: min(was, now)] != new[: min(was, now)]:
        return ""
    return "finer" if now > was else "coarser"


def _column(
    merged: Merged,
    name: str,
    old: str,
    owner: Speaker,
    claims: dict[str, tuple[str, date | None]],
    value: str,
    speaker: Speaker,
) -> None:
    source, day = speaker
    others = {one: claim for one, claim in claims.items() if one != source}
    holder = next(((one, when) for one, (text, when) in claims.items() if text == old), owner)
    if not old:
        merged.values[name] = value
        if source != owner[0]:
            merged.filled += 1
            merged.said.append((name, value, *speaker))
        return
    if value == old:
        _agreed(merged, name, value, claims, speaker)
        return
    own = (old, holder[1]) if holder[0] == source else ("", None)
    spoken = claims.get(source, own)[1]
    if day and spoken and day < spoken:  # what it said later stands
        merged.older += 1
        return
    if not others and holder[0] == source:  # nobody else speaks of this column
        merged.values[name] = value
        if source in claims:
            merged.said.append((name, value, *speaker))
        return
    _disagreed(merged, name, (old, holder), claims, (value, speaker))


def _disagreed(
    merged: Merged,
    name: str,
    held: tuple[str, Speaker],
    claims: dict[str, tuple[str, date | None]],
    heard: tuple[str, Speaker],
) -> None:
    """Keep what each source says, and choose by the rule; of equals what stands goes on standing."""
    (old, holder), (value, (source, day)) = held, heard
    others = {one: claim for one, claim in claims.items() if one != source}
    if not others:
        others = {holder[0]: (old, holder[1])}
        merged.said.append((name, old, *holder))
    merged.disagreements += 1
    if claims.get(source, ("", None))[0] == value:
        day = claims[source][1]  # it said so then
    else:
        merged.said.append((name, value, source, day))
    best, chosen = holder, old
    for one, (text, when) in {**others, source: (value, day)}.items():
        if not believed((one, when), best):
            best, chosen = (one, when), text
    if chosen != old:
        merged.values[name] = chosen


def _agreed(
    merged: Merged,
    name: str,
    value: str,
    claims: dict[str, tuple[str, date | None]],
    speaker: Speaker,
) -> None:
    """A source that comes round to what stands: its own claim follows, idle claims go."""
    source = speaker[0]
    if source not in claims or claims[source][0] == value:
        return
    if {text for one, (text, _day) in claims.items() if one != source} == {value}:
        merged.unsaid += [(name, one) for one in claims]
    else:
        merged.said.append((name, value, *speaker))
