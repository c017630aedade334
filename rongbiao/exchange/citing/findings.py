"""Findings (核查发现): a verdict with its place in the file and what to do about it, as plain values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards.verdicts import Mark, Status, Verdict, verdicts
from rongbiao.texts.citations import find_citations
from rongbiao.texts.documents import Block, Document


@dataclass(frozen=True)
class Group:
    """Findings of one kind: its word, the lamp that shows it, whether somebody must act."""

    key: str
    word: Any
    tone: str
    act: bool = False


# In the order in which they are to be acted on.
GROUPS = {
    group.key: group
    for group in (
        Group("withdrawn", gettext_lazy("已废止"), "bad", act=True),
        Group("superseded", gettext_lazy("已被代替"), "bad", act=True),
        Group("title", gettext_lazy("编号与名称不符"), "bad", act=True),
        Group("unknown", gettext_lazy("查无此号"), "warn", act=True),
        Group("mandate", gettext_lazy("强制性代号不符"), "warn", act=True),
        Group("project", gettext_lazy("尚未发布"), "warn", act=True),
        Group("upcoming", gettext_lazy("尚未实施"), "info", act=True),
        Group("unsure", gettext_lazy("推定有效"), "info"),
        Group("abroad", gettext_lazy("境外标准未收录"), "idle"),
        Group("current", gettext_lazy("现行有效"), "ok"),
        Group("undated", gettext_lazy("未注年份"), "idle"),
    )
}
ACT = "act"  # what is asked for where any group that wants something done is meant
OF_STATUS = {
    Status.WITHDRAWN: "withdrawn",
    Status.SUPERSEDED: "superseded",
    Status.UNKNOWN: "unknown",
    Status.PROJECT: "project",
    Status.UPCOMING: "upcoming",
}
OF_MARK = {Mark.TITLE: "title", Mark.MANDATE: "mandate", Mark.UNDATED: "undated"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation: where it stands, what it is on the day, what to do."""

    place: int  # among the findings of its file, from 0
    start: int  # in the text, in characters
    end: int
    text: str
    where: str
    number: str
    clause: str
    status: str
    groups: tuple[str, ...]  # keys of GROUPS, the most pressing first
    sure: bool
    why: str
    advice: str
    title: str  # as the register has it
    key: str  # of the row of the register on which the verdict rests; may be empty
    row: int | None
    present: str
    replaced_by: tuple[str, ...]
    candidates: tuple[str, ...]
    anchor: tuple[str, int, int, int, int] | None  # in a docx: part, paragraph, letter, to, letter

    @property
    def group(self) -> Group:
        """The most pressing of its groups."""
        return GROUPS[self.groups[0]]

    @property
    def act(self) -> bool:
        """Whether somebody must do something."""
        return any(GROUPS[key].act for key in self.groups)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return the finding that :meth:`to_json` told of."""
        lists = {name: tuple(said[name]) for name in ("groups", "replaced_by", "candidates")}
        anchor = said["anchor"]
        return cls(**said | lists | {"anchor": tuple(anchor) if anchor else None})


def findings(document: Document, day: date) -> list[Finding]:
    """Return what a document cites, in order, judged on a day.

    The number of questions to the database does not depend on how much is cited.
    """
    judged = verdicts(document.text, find_citations(document.text), day)
    return [_finding(place, one, document) for place, one in enumerate(judged)]


def asked_for(groups: Iterable[str], only: str) -> bool:
    """Tell whether a finding is meant: one group, all about which to do something, or any."""
    held = set(groups)
    return not only or only in held or (only == ACT and any(GROUPS[key].act for key in held))


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings each group has, those with none left out, in their order."""
    counts = Counter(key for one in found for key in one.groups)
    return {key: counts[key] for key in GROUPS if counts[key]}


def _finding(place: int, verdict: Verdict, document: Document) -> Finding:
    citation, edition = verdict.citation, verdict.standing.edition
    groups = grouped(verdict)
    block = document.block_at(citation.start)
    return Finding(
        place, citation.start, citation.end, citation.text, block.where() if block else "",
        str(citation.number), citation.clause, verdict.status.value, groups, verdict.sure,
        verdict.why, advice(verdict, groups), edition.title if edition else "",
        edition.key if edition else "", verdict.row, verdict.present, verdict.replaced_by,
        verdict.candidates, _anchor(document, block, citation.start, citation.end),
    )  # fmt: skip


def grouped(verdict: Verdict) -> tuple[str, ...]:
    """Return the groups in which a verdict stands, the most pressing first."""
    held = {OF_MARK[mark] for mark in verdict.marks if mark in OF_MARK}
    if verdict.status == Status.UNKNOWN and Mark.ABROAD in verdict.marks:
        held.add("abroad")
    elif verdict.status in OF_STATUS:
        held.add(OF_STATUS[verdict.status])
    elif not held & {"title", "mandate"}:
        held.add("current" if verdict.sure else "unsure")
    return tuple(key for key in GROUPS if key in held)


def advice(verdict: Verdict, groups: Sequence[str]) -> str:
    """Return what a writer should do, in full sentences; nothing where all is well."""
    present, near = verdict.present, _("、").join(verdict.candidates[:3])
    sentences = {
        "withdrawn": _("请删去，或者改引其他现行标准。"),
        "superseded": (
            _("请改引 {number}，并核对所引条款。") if present else _("请查明现行版本后改引。")
        ),
        "title": _("请核对编号和名称，二者应指同一标准。"),
        "unknown": (
            _("请核对编号，可能是 {numbers}。")
            if near
            else _("请核对编号；名录未收录的，请查原发布机构。")
        ),
        "mandate": _("请按名录改正标准代号。"),
        "project": _("标准尚未发布，请改引现行标准。"),
        "upcoming": _("实施之前，请引用当前有效的版本。"),
    }
    if present:
        sentences["undated"] = _("不写年份即引用最新版本；须固定版本的，请写作 {number}。")
    said = [sentences[key] for key in groups if key in sentences]
    return "".join(said).format(number=present, numbers=near)


def _anchor(
    document: Document, block: Block | None, start: int, end: int
) -> tuple[str, int, int, int, int] | None:
    """Return where a citation stands in a docx; of one that runs on, what is in its first block."""
    first = document.within(start)
    if first is None or block is None:
        return None
    last = document.within(end - 1)
    if last is None or last[0] != first[0] or block.kind == "cell" or last[1] < first[1]:
        last = document.within(min(end, block.end) - 1) or first
    return first[0], first[1], first[2], last[1], last[2] + 1
