"""Side by side (对照): the text as received and what was read out of it, place by place."""

from dataclasses import dataclass, field
from typing import Any

from rongbiao.strategy.corrections import typed
from rongbiao.strategy.models import Reading


@dataclass
class Passage:
    """A stretch of the original with the clause that was read out of it, if any."""

    start: int
    end: int
    text: str
    clause: dict[str, Any] | None = None
    index: int | None = None
    targets: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    repairs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def typed(self) -> str:
        """The units as the form of their correction shows them first."""
        return typed(self.clause["units"]) if self.clause else ""


@dataclass(frozen=True)
class Doubt:
    """One doubt with its place, its surroundings and what a person made of it."""

    index: int
    why: str
    before: str
    place: str
    after: str
    answer: dict[str, Any] | None


@dataclass(frozen=True)
class Sheet:
    """The whole reading, ready for a page."""

    passages: list[Passage]
    doubts: list[Doubt]
    open_doubts: int
    blocks: int
    targets: list[tuple[int, dict[str, Any]]]


AROUND = 24  # characters shown on each side of a doubt


def sheet(reading: Reading) -> Sheet:
    """Return the original cut at the clauses of the reading, with doubts and their answers."""
    said = {"clauses": [], "doubts": [], "repairs": [], "targets": []} | reading.outcome
    doubts = [_doubt(reading, index, row) for index, row in enumerate(said["doubts"])]
    targets = list(enumerate(said["targets"]))
    return Sheet(
        passages=_passages(reading.text, said, targets),
        doubts=doubts,
        open_doubts=sum(doubt.answer is None for doubt in doubts),
        blocks=sum(bool(clause["units"]) for clause in said["clauses"]),
        targets=targets,
    )


def _doubt(reading: Reading, index: int, row: dict[str, Any]) -> Doubt:
    text, start, end = reading.text, row["start"], row["end"]
    answer = next((said for said in reading.confirmed if said["doubt"] == index), None)
    return Doubt(
        index=index,
        why=row["why"],
        before=text[max(0, start - AROUND) : start],
        place=text[start : min(end, start + 120)],
        after=text[end : end + AROUND],
        answer=answer,
    )


def _passages(text: str, said: dict[str, Any], targets: list) -> list[Passage]:
    passages: list[Passage] = []
    at = 0
    for index, clause in enumerate(said["clauses"]):
        start = max(clause["start"], at)
        if start > at:
            passages.append(Passage(at, start, text[at:start]))
        end = max(start, clause["end"])
        passages.append(Passage(start, end, text[start:end], clause, index))
        at = end
    if at < len(text):
        passages.append(Passage(at, len(text), text[at:]))
    for passage in passages:
        inside = range(passage.start, passage.end)
        passage.targets = [row for row in targets if row[1]["start"] in inside]
        passage.repairs = [row for row in said["repairs"] if row["start"] in inside]
    return passages
