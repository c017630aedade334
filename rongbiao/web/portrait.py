"""Portraits (标准详情): what a page shows of one edition, gathered from its row and its kin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongbiao.exchange.export import cite
from rongbiao.standards.code_title import titled
from rongbiao.standards.currency import Standing, standings
from rongbiao.standards.due import review_due, rule_on
from rongbiao.standards.kin import Kin, Tie, plain
from rongbiao.standards.models import Standard
from rongbiao.standards.sources import Source, sources
from rongbiao.web.drawings.ties import Box, Center, ties
from rongbiao.web.life import Moment, drawn, moments
from rongbiao.web.naming import class_address, class_name, names
from rongbiao.web.source_words import form_words, stage_words
from rongbiao.web.states import State, judged, state_on
from rongbiao.web.templatetags.rb import issued, local, zhdate

PICTURED = 6  # relations of one side that the picture shows
LISTED = 12  # rows of each direction in the table


@dataclass(frozen=True)
class Fact:
    """One line of the basic facts: plain words, or links."""

    name: Any
    words: str = ""
    links: Sequence[tuple[str, str]] = ()  # (words, address)
    full: bool = False
    code: bool = False  # figures and letters that are not translated


@dataclass(frozen=True)
class Said:
    """What one source says of a column on which sources disagree."""

    source: str
    on: date | None
    value: str
    chosen: bool


@dataclass
class Portrait:
    """One edition as its page shows it on a day."""

    standard: Standard
    kin: Kin
    day: date
    drafters: Sequence[Any] = field(default_factory=list)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """What each edition is on the day, by its number: as the API answers it."""
        numbers = [row.number for row in self.kin.editions]
        return {asked.asked: asked for asked in standings(numbers, self.day)}

    def state_of(self, row: Standard) -> State:
        """Return what an edition is; nothing where no source says so and nothing follows it."""
        known = self.standings.get(row.number)
        return judged(known) if known else state_on(row, self.day)

    @cached_property
    def state(self) -> State:
        return self.state_of(self.standard)

    @property
    def why(self) -> str:
        """Why the state is only inferred, where it is."""
        known = self.standings.get(self.standard.number)
        return known.why if known else ""

    @cached_property
    def due(self) -> date | None:
        return None if self.state.gone else review_due(self.standard, self.day)

    @property
    def rule(self) -> str:
        """The rule of law that sets the day of the review."""
        rule = rule_on(self.day)
        return rule.cited if rule else ""

    @cached_property
    def present(self) -> Standard | None:
        """The edition in force in the place of this one, where it is another one."""
        others = [row for row in self.kin.editions if row.pk != self.standard.pk]
        same = [row for row in others if row.bare_key == self.standard.bare_key]
        known = self.standings.get(self.standard.number)
        by_number = [row for row in others if known and row.number == known.present]
        force = [row for row in reversed(same) if self.state_of(row).key == "current"]
        return next(iter([*by_number, *force]), None)

    @cached_property
    def editions(self) -> list[tuple[Standard, State]]:
        """Every edition with what it is on the day, newest first; this one always."""
        rows = [row for row in self.kin.editions if plain(row) or row.pk == self.standard.pk]
        return [(row, self.state_of(row)) for row in reversed(rows)]

    @cached_property
    def others(self) -> list[tuple[Standard, State]]:
        """Amendments, corrigenda and projects under the same number, newest first."""
        rows = [row for row in self.kin.editions if not plain(row) and row.pk != self.standard.pk]
        return [(row, self.state_of(row)) for row in reversed(rows)]

    @cached_property
    def moments(self) -> list[Moment]:
        return moments(self)

    @cached_property
    def drawing(self) -> SafeString:
        return drawn(self)

    @property
    def citation(self) -> str:
        return cite(self.standard)

    @property
    def source(self) -> Source | None:
        return sources().get(self.standard.source)

    @cached_property
    def tables(self) -> list[tuple[str, list[tuple[Tie, State | None]], int]]:
        """The relations as rows: (heading, rows, how many there are in all)."""
        out, to_it = self.kin.outgoing, self.kin.incoming
        sides = ((_("本标准与其他标准"), out, len(out)),
                 (_("其他标准与本标准"), to_it, self.kin.incoming_total))  # fmt: skip
        return [
            (heading, [(tie, self._state(tie)) for tie in rows[:LISTED]], total)
            for heading, rows, total in sides
            if rows
        ]

    def _state(self, tie: Tie) -> State | None:
        return state_on(tie.other, self.day) if tie.other else None

    @cached_property
    def picture(self) -> SafeString:
        """Draw the relations: changed ones first, at most six a side."""
        left = sorted(self.kin.outgoing, key=lambda tie: not tie.changed)[:PICTURED]
        right = self.kin.incoming[:PICTURED]
        heads = (
            _("引用、采用 {n}").format(n=len(self.kin.outgoing)),
            _("被引用、被采用 {n}").format(n=self.kin.incoming_total),
        )
        before = "、".join(tie.shown for tie in self.kin.replaces)
        center = Center(
            self.standard.shown,
            local(self.standard),
            _("代替 {number}").format(number=before) if before else "",
        )
        words = _(
            "关系图：左为本标准引用、采用的文件，右为引用、采用本标准的文件；下表列出同样的内容"
        )
        return ties(center, [*map(self._box, left)], [*map(self._box, right)], heads, words)

    def _box(self, tie: Tie) -> Box:
        other, state = tie.other, self._state(tie)
        tone = "warn" if tie.changed else state.tone if state else ""
        return Box(
            number=tie.shown,
            title=local(other) if other else _("名录未收录"),
            words=str(tie.words),
            href=other.get_absolute_url() if other else "",
            tone="" if tone == "info" else tone,
        )

    @cached_property
    def facts(self) -> list[Fact]:
        return [fact for fact in _facts(self) if fact.words or fact.links]

    @cached_property
    def disagreements(self) -> list[tuple[Any, list[Said]]]:
        """The columns on which sources disagree: what each says, and which was chosen."""
        found: dict[str, list[Said]] = {}
        for claim in self.standard.claims.all():
            source = sources().get(claim.source)
            chosen = claim.value == _plain(getattr(self.standard, claim.field, ""))
            said = Said(
                str(source or claim.source),
                claim.source_on,
                _shown(claim.field, claim.value),
                chosen,
            )
            found.setdefault(claim.field, []).append(said)
        columns: Any = Standard._meta
        return [(columns.get_field(name).verbose_name, rows) for name, rows in found.items()]


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _shown(name: str, value: str) -> str:
    """Return a claimed value as people read it."""
    column: Any = Standard._meta.get_field(name)
    if column.choices:
        return str(dict(column.choices).get(value, value))
    if words := {"form": form_words, "stage": stage_words}.get(name):
        return words(value)
    try:
        return zhdate(date.fromisoformat(value)) if name.endswith("_on") else value
    except ValueError:
        return value


def _facts(seen: Portrait) -> list[Fact]:
    one = seen.standard
    told = _("、")
    return [
        Fact(_("标准编号"), one.shown, code=True),
        Fact(_("代替标准"), links=[_tied(tie) for tie in seen.kin.replaces], code=True),
        Fact(_("发布日期"), issued(one)),
        Fact(_("实施日期"), zhdate(one.implemented_on)),
        Fact(_("废止日期"), zhdate(one.withdrawn_on)),
        Fact(_("复审确认日期"), zhdate(one.confirmed_on)),
        Fact(_("发布机构"), one.publisher),
        Fact(_("主管部门"), one.authority),
        Fact(_("提出单位"), one.proposer),
        Fact(_("归口单位"), titled(one.owner)),
        Fact(_("备案号"), one.filing, code=True),
        Fact(_("行政区划"), " ".join(map(str, names("region", [one.region]).values()))),
        Fact("ICS", links=_classes("ics", one.ics)),
        Fact("CCS", links=_classes("ccs", one.ccs)),
        Fact(_("文件类型"), form_words(one.form)),
        Fact(_("项目阶段"), stage_words(one.stage)),
        Fact(_("语种"), told.join(one.language.split()), code=True),
        Fact(
            _("原文名称"), one.title_original if one.title_original != one.title else "", full=True
        ),
        Fact(_("主要起草人"), one.drafted_by, full=True),
        Fact(_("适用范围"), one.abstract, full=True),
    ]


def _tied(tie: Tie) -> tuple[str, str]:
    return tie.shown, tie.other.get_absolute_url() if tie.other else ""


def _classes(scheme: str, codes: str) -> list[tuple[str, str]]:
    """Return the classes of an edition with their names, each leading to what it holds."""
    return [
        (f"{code} {name}" if (name := class_name(code)) else code, class_address(scheme, code))
        for code in codes.split()
    ]
