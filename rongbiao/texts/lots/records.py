"""Records of a draw (抽取记录): written as JSON, read from anybody, recomputed wholly."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .box import ALGORITHM, Lot, Rules, commitment_of, digest_of
from .selection import Short, in_order, replay, too_many

LARGEST = 20 * 1024 * 1024  # bytes
MOST_LOTS = 20_000
MOST_SEATS = 500
MOST_ABSENCES = 500
LONGEST = 4000  # characters of one text
PERSON = ("key", "name", "unit")
HEX = re.compile(r"[0-9a-f]{64}")


class Unreadable(ValueError):
    """What was given is no record of a draw; the message is a sentence that says where."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Those who cannot come, why, on which day (ISO)."""

    keys: tuple[str, ...]
    why: str
    day: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the seal of who it is, why they are out, and who it is where open."""

    seal: str
    why: tuple[str, ...]
    lot: Lot | None = None


Person = tuple[str, str, str]  # key, name, unit


@dataclass(frozen=True, slots=True)
class Record:
    """One draw as it was handed out; lots that are closed show their seal and reasons only."""

    head: dict[str, Any]  # what the digest covers, without the lots
    rules: Rules
    lines: tuple[Line, ...]
    digest: str
    commitment: str
    seed: bytes  # empty until it is revealed
    witness: str
    drawn: tuple[Person, ...]
    reserves: tuple[Person, ...]
    absences: tuple[Absence, ...]
    seated: tuple[Person, ...]

    @property
    def lots(self) -> list[Lot]:
        """The lots that are open."""
        return [line.lot for line in self.lines if line.lot]


def written(
    head: dict[str, Any],
    lots: Sequence[Lot],
    digest: str,
    commitment: str,
    seed: bytes = b"",
    witness: str = "",
    absences: Sequence[Absence] = (),
    *,
    opened: Callable[[Lot], bool] = lambda lot: True,
) -> dict[str, Any]:
    """Return a record as JSON values; ``opened`` tells which lots show who they are.

    Who was drawn is computed here and not taken from anywhere: before the seed is
    revealed nobody is.
    """
    rules = _rules(head["rules"])
    drawn: Sequence[Lot] = ()
    reserves: Sequence[Lot] = ()
    seated: Sequence[Lot] = ()
    if seed:
        order = in_order(lots, seed, digest, witness)
        drawn, reserves, seated = replay(order, rules, [one.keys for one in absences])
    return dict(head) | {
        "lots": [_line(lot, opened(lot)) for lot in sorted(lots, key=lambda lot: lot.seal)],
        "digest": digest,
        "commitment": commitment,
        "seed": seed.hex(),
        "witness": witness,
        "drawn": [_named(lot) for lot in drawn],
        "reserves": [_named(lot) for lot in reserves],
        "absences": [{"keys": list(one.keys), "why": one.why, "day": one.day} for one in absences],
        "seated": [_named(lot) for lot in seated],
    }


def _line(lot: Lot, opened: bool) -> dict[str, Any]:
    line: dict[str, Any] = {"seal": lot.seal, "why": list(lot.why)}
    if opened:
        line |= {name: getattr(lot, name) for name in ("key", "name", "unit", "group", "salt")}
    return line


def _named(lot: Lot) -> dict[str, str]:
    return {"key": lot.key, "name": lot.name, "unit": lot.unit}


def read_record(content: bytes) -> Record:
    """Return a record from a file; raises Unreadable with a sentence.

    >>> read_record(b"[]")
    Traceback (most recent call last):
    rongbiao.texts.lots.records.Unreadable: 这不是抽取记录：最外层应为一个 JSON 对象。
    """
    if len(content) > LARGEST:
        raise Unreadable("文件超过 20 MB，不是本平台给出的抽取记录。")
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as bad:
        raise Unreadable("文件不是 UTF-8 编码的 JSON，请下载原文件后再核对。") from bad
    if not isinstance(said, dict):
        raise Unreadable("这不是抽取记录：最外层应为一个 JSON 对象。")
    if said.get("algorithm") != ALGORITHM:
        raise Unreadable(f"不认识的抽取算法，本程序只能核对“{ALGORITHM}”。")
    return _Reader(said).record()


class _Reader:
    """Reads a JSON object field by field; what is missing or of another kind is named."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    def record(self) -> Record:
        """Return the whole record."""
        lines = enumerate(self.list("lots", MOST_LOTS), start=1)
        head: dict[str, Any] = {"algorithm": ALGORITHM}
        head |= {name: self.text(name) for name in ("number", "purpose", "basis", "frozen_at")}
        head |= {name: self.text(name) for name in ("replaces", "reason")}
        conditions = [self.word(one, "conditions") for one in self.list("conditions", 100)]
        rules = _rules(self.said.get("rules"))
        if too_many(rules, len(self.said["lots"])):
            raise Unreadable("候选名单过长，不能既按单位又按类别限定人数。")
        head |= {"conditions": conditions, "rules": rules.said(), "turn": self.turn()}
        return Record(
            head=head,
            rules=rules,
            lines=tuple(self.line(line, place) for place, line in lines),
            digest=self.hex("digest"),
            commitment=self.hex("commitment"),
            seed=bytes.fromhex(self.hex("seed")) if self.said.get("seed") else b"",
            witness=self.text("witness"),
            drawn=self.people("drawn"),
            reserves=self.people("reserves"),
            absences=tuple(self.absences()),
            seated=self.people("seated"),
        )

    def word(self, value: object, name: str) -> str:
        """Return a text of bearable length."""
        if not isinstance(value, str) or len(value) > LONGEST or not _encodable(value):
            raise Unreadable(f"抽取记录的“{name}”应为 {LONGEST} 字以内的文字。")
        return value

    def text(self, name: str) -> str:
        """Return the text under a name."""
        return self.word(self.said.get(name), name)

    def hex(self, name: str) -> str:
        """Return 32 bytes in hexadecimal."""
        value = self.text(name)
        if not HEX.fullmatch(value):
            raise Unreadable(f"抽取记录的“{name}”应为 64 位十六进制数。")
        return value

    def list(self, name: str, most: int) -> list[Any]:
        """Return the list under a name, at most so long."""
        value = self.said.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise Unreadable(f"抽取记录的“{name}”应为至多 {most} 项的列表。")
        return value

    def turn(self) -> int:
        """Return which draw for the matter this is."""
        turn = self.said.get("turn")
        if not isinstance(turn, int) or isinstance(turn, bool) or not 1 <= turn <= MOST_SEATS:
            raise Unreadable("抽取记录的“turn”应为 1 以上的整数。")
        return turn

    def line(self, line: object, place: int) -> Line:
        """Return one line of the list."""
        if not isinstance(line, dict) or not isinstance(line.get("why"), list):
            raise Unreadable(f"候选名单第 {place} 项应有“seal”和“why”。")
        where = f"lots[{place}]"
        why = tuple(self.word(one, where) for one in line["why"][:100])
        lot = self.lot(line, place, why) if "key" in line else None
        return Line(self.word(line.get("seal"), where), why, lot)

    def lot(self, line: dict[str, Any], place: int, why: tuple[str, ...]) -> Lot:
        """Return a lot that is open."""
        names = ("key", "name", "unit", "group", "salt")
        said = {name: self.word(line.get(name), f"lots[{place}].{name}") for name in names}
        return Lot(why=why, **said)

    def people(self, name: str) -> tuple[Person, ...]:
        """Return a list of people."""
        found = []
        for one in self.list(name, MOST_SEATS):
            if not isinstance(one, dict):
                raise Unreadable(f"抽取记录的“{name}”应列出人员。")
            key, shown, unit = (self.word(one.get(field), name) for field in PERSON)
            found.append((key, shown, unit))
        return tuple(found)

    def absences(self) -> Iterator[Absence]:
        """Yield those who could not come, in turn."""
        for one in self.list("absences", MOST_ABSENCES):
            if not isinstance(one, dict) or not isinstance(one.get("keys"), list):
                raise Unreadable("抽取记录的“absences”应列出缺席人员。")
            keys = tuple(self.word(key, "absences") for key in one["keys"][:MOST_SEATS])
            why, day = (self.word(one.get(name), "absences") for name in ("why", "day"))
            yield Absence(keys, why, day)


def _encodable(text: str) -> bool:
    """Tell whether a text has no half of a surrogate pair, which no file could hold."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _rules(said: object) -> Rules:
    if not isinstance(said, dict):
        raise Unreadable("抽取记录缺少规则“rules”。")
    counts = {name: said.get(name) for name in ("count", "reserves", "per_unit")}
    groups = said.get("at_least")
    numbers = [*counts.values(), *(groups.values() if isinstance(groups, dict) else [None])]
    for n in numbers:
        if not isinstance(n, int) or isinstance(n, bool) or not 0 <= n <= MOST_SEATS:
            raise Unreadable(f"抽取规则中的人数应为 0 至 {MOST_SEATS} 的整数。")
    if not counts["count"] or not isinstance(groups, dict) or len(groups) > 100:
        raise Unreadable("抽取规则应写明抽取人数，各类下限不超过 100 类。")
    return Rules(at_least=dict(groups), **counts)  # type: ignore[arg-type]  # looked at above


def check(record: Record, before: Record | None = None) -> str:
    """Recompute a draw wholly; return what does not agree, in a sentence, or nothing.

    ``before`` is the record as it was published before the seed was revealed.
    """
    return next(_faults(record, before), "")


def _faults(record: Record, before: Record | None) -> Iterator[str]:
    shown = Counter(lot.key for lot in record.lots)
    yield from (f"候选名单中“{key}”出现了不止一次。" for key, n in shown.items() if n > 1)
    for line in record.lines:
        if line.lot and line.lot.seal != line.seal:
            yield f"候选名单中“{line.lot.name}”与其封印不符，名单被改动。"
    if digest_of(record.head, [(line.seal, line.why) for line in record.lines]) != record.digest:
        yield "候选名单、条件与公布的名单摘要不符，冻结以后被改动。"
    if before and before.digest != record.digest:
        yield "名单摘要与揭示前公布的不同，名单被更换。"
    if before and before.commitment != record.commitment:
        yield "种子承诺与揭示前公布的不同，种子被更换。"
    if record.seed:
        yield from _faults_of_drawing(record)
    elif record.drawn or record.reserves or record.seated or record.absences or record.witness:
        yield "种子尚未揭示，却已列出抽取结果。"


def _faults_of_drawing(record: Record) -> Iterator[str]:
    if commitment_of(record.seed) != record.commitment:
        yield "种子与事先公布的承诺不符，不是抽取前定下的种子。"
    if any(not line.why and line.lot is None for line in record.lines):
        yield "有入选资格的候选人没有全部公开，无法重算。"
    order = in_order(record.lots, record.seed, record.digest, record.witness)
    try:
        drawn, reserves, seated = replay(order, record.rules, ())
    except Short:
        yield "候选名单凑不足抽取人数，按规则抽不出结果。"
        return
    yield from _differing("抽中名单", drawn, record.drawn)
    yield from _differing("备选名单", reserves, record.reserves)
    try:
        absences = [one.keys for one in record.absences]
        _drawn, _reserves, seated = replay(order, record.rules, absences)
    except Short as short:
        yield f"第 {short.args[0]} 次补抽时备选人员不足，按规则补不出结果。"
    else:
        yield from _differing("到会名单", seated, record.seated)


def _differing(what: str, right: Sequence[Lot], said: Sequence[Person]) -> Iterator[str]:
    """Yield where a list is another one than the seed gives."""
    if len(right) != len(said):
        yield f"{what}应有 {len(right)} 人，记录写了 {len(said)} 人。"
    for place, (lot, one) in enumerate(zip(right, said, strict=False), start=1):
        if (lot.key, lot.name, lot.unit) != one:
            yield f"{what}第 {place} 位按种子应为“{lot.name}”，记录写的是“{one[1]}”。"
