"""Pools (候选): which experts a draw may take, under which conditions, and why not the others.

Every expert engaged on the day stands in the list, whoever is out with every reason.
Frozen words are Chinese whatever the reader's language.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.parties import draws, experts
from rongbiao.parties.in_post import ask_office
from rongbiao.parties.models import Draw, Expertise, Organization, Person, Post
from rongbiao.parties.refused import Refused
from rongbiao.texts import classes
from rongbiao.texts.lots import Lot, Rules

from .conflicts import Concern, conflicts, standards_named

FIELD, RANK, RECENT, CLOSED = "专业领域不符", "职称等级不符", "近期抽中次数已满", "账号已停用"


@dataclass(frozen=True)
class Wanted:
    """What is asked of a draw; kept with it as JSON, so that it can be asked again."""

    count: int
    reserves: int = 0
    per_unit: int = 0
    at_least: Mapping[str, int] = field(default_factory=dict)  # by kind of unit
    codes: Sequence[str] = ()  # fields: one of them is enough
    ranks: Sequence[str] = ()
    units: Sequence[int] = ()  # to stand aside from
    persons: Sequence[int] = ()
    standards: Sequence[str] = ()  # numbers
    employer_years: int = 3
    drafting_years: int = 3
    recent_months: int = 3
    recent_times: int = 0  # 0: however often

    @property
    def rules(self) -> Rules:
        """How many are drawn, by unit and by kind of unit, in the words of the list."""
        with translation.override(settings.LANGUAGE_CODE):
            due = {str(Organization.Kind(kind).label): n for kind, n in self.at_least.items() if n}
        return Rules(self.count, self.reserves, self.per_unit, due)


@dataclass(frozen=True)
class Pool:
    """The list before it is frozen, the sentences behind it, and the conditions in words."""

    lots: Sequence[Lot]
    grounds: Mapping[str, Sequence[str]]
    conditions: tuple[str, ...]

    @property
    def ready(self) -> list[Lot]:
        """Those who are in."""
        return [lot for lot in self.lots if lot.eligible]


def pool(wanted: Wanted, day: date, *, basis: str = "", purpose: str = "") -> Pool:
    """Return the list for a draw on a day; the same number of queries for any number of experts.

    Refused when a standard, a class or a unit that was named is not known.
    """
    concern = _concern(wanted, basis.strip(), purpose.strip())
    posts = list(experts.on(day))
    reasons = conflicts(posts, concern, day)
    counts = _recent(wanted, day)
    lots, grounds = [], {}
    with translation.override(settings.LANGUAGE_CODE):
        for post in posts:
            own = [
                *_unfit(post, wanted, counts),
                *((r.kind.value, r.sentence) for r in reasons[post.pk]),
            ]
            key = f"post:{post.pk}"
            why = tuple(dict.fromkeys(kind for kind, _sentence in own))
            group = str(post.organization.get_kind_display())
            lots.append(Lot(key, post.person.name, post.organization.name, group, why))
            if own:
                grounds[key] = [sentence for _kind, sentence in own]
        return Pool(lots, grounds, _words(wanted, concern))


@transaction.atomic
def freeze(purpose: str, basis: str, wanted: Wanted, *, actor: Post, day: date) -> Draw:
    """Make the list anew and freeze it; see ``draws.freeze`` for what is refused."""
    ask_office(actor, day, _("抽取由联席会议办公室经办人办理。"))
    found = pool(wanted, day, basis=basis, purpose=purpose)
    matter = draws.Matter(purpose, basis, found.conditions, asdict(wanted), found.grounds)
    return draws.freeze(matter, found.lots, wanted.rules, actor=actor, day=day)


@transaction.atomic
def again(draw: Draw, why: str, *, actor: Post, day: date) -> Draw:
    """Make the list anew under the conditions of a draw and freeze it; the draw before stays."""
    ask_office(actor, day, _("抽取由联席会议办公室经办人办理。"))
    if not draw.asked:
        raise Refused(_("抽取 {number} 不是从专家库抽取的，请在原来的事项上办理。").format(
            number=draw))  # fmt: skip
    found = pool(Wanted(**draw.asked), day, basis=draw.basis, purpose=draw.purpose)
    return draws.again(draw, why, found.lots, found.grounds, actor=actor, day=day)


def _concern(wanted: Wanted, basis: str, purpose: str) -> Concern:
    """Return what the matter touches; refused where a name means nothing."""
    standards, unknown = standards_named(wanted.standards)
    if unknown:
        raise Refused(_("名录中没有标准“{text}”。").format(text=unknown[0][:60]))
    if bad := [code for code in wanted.codes if not classes.within(code)]:
        raise Refused(_("没有分类号“{code}”。").format(code=bad[0][:20]))
    units = list(Organization.objects.filter(pk__in=wanted.units))
    persons = list(Person.objects.filter(pk__in=wanted.persons))
    if len(units) < len(set(wanted.units)) or len(persons) < len(set(wanted.persons)):
        raise Refused(_("所选的回避单位或人员已不存在，请重新选择。"))
    return Concern(
        units,
        persons,
        standards,
        wanted.employer_years,
        wanted.drafting_years,
        basis,
        purpose,
    )


def _unfit(post: Post, wanted: Wanted, counts: Mapping[int, int]):
    """Yield what the conditions themselves say against an expert: the reason and a sentence."""
    known: Expertise | None = getattr(post, "expertise", None)
    if wanted.codes and not (known and any(known.covers(code) for code in wanted.codes)):
        own = "、".join(known.codes) if known else "未登记"
        yield FIELD, f"专业领域为{own}。"
    if wanted.ranks and not (known and known.rank in wanted.ranks):
        yield RANK, f"职称为{known.title if known else '未登记'}。"
    n = counts.get(post.person_id, 0)
    if wanted.recent_times and n >= wanted.recent_times:
        yield RECENT, f"近 {wanted.recent_months} 个月已抽中 {n} 次。"
    if not post.person.is_active:
        yield CLOSED, "账号已停用。"


def _recent(wanted: Wanted, day: date) -> Mapping[int, int]:
    """Return how often each person was drawn and seated in the last months."""
    if not wanted.recent_times:
        return {}
    months = day.year * 12 + day.month - 1 - wanted.recent_months
    since = date(months // 12, months % 12 + 1, 1).replace(day=min(day.day, 28))
    rows = Draw.objects.filter(revealed_on__range=(since, day)).exclude(state=Draw.State.REPEATED)
    seated = [one["post"] for row in rows.values_list("seated", flat=True) for one in row]
    people = dict(Post.objects.filter(pk__in=set(seated)).values_list("pk", "person"))
    counts: defaultdict[int, int] = defaultdict(int)
    for post in seated:
        if post in people:
            counts[people[post]] += 1
    return counts


def _class(code: str) -> str:
    """Return a class by its code, and its name where it is known."""
    found = classes.classification(code)
    return f"{code} {found.name()}" if found else code


def _words(wanted: Wanted, concern: Concern) -> tuple[str, ...]:
    """Say the conditions as they stand in the record."""
    said = [f"抽取 {wanted.count} 人，备选 {wanted.reserves} 人"]
    if wanted.per_unit:
        said.append(f"同一单位不超过 {wanted.per_unit} 人")
    said += [f"{group}不少于 {n} 人" for group, n in wanted.rules.at_least.items()]
    if wanted.codes:
        said.append("专业领域：" + "、".join(_class(code) for code in wanted.codes))
    if wanted.ranks:
        said.append("职称等级：" + "、".join(str(Expertise.Rank(r).label) for r in wanted.ranks))
    if concern.units:
        names = "、".join(unit.name for unit in concern.units)
        said.append(
            f"回避单位：{names}（现任或近 {wanted.employer_years} 年曾任，含顾问、持股等申报的关系）"
        )
        if wanted.drafting_years:
            said.append(f"近 {wanted.drafting_years} 年与回避单位共同起草标准的单位，其专家回避")
    if concern.persons:
        said.append(f"回避人员：{len(concern.persons)} 人")
    if concern.standards:
        numbers = "、".join(wanted.standards)
        said.append(f"所评标准：{numbers}（起草单位、主要起草人回避）")
    if wanted.recent_times:
        said.append(f"近 {wanted.recent_months} 个月抽中满 {wanted.recent_times} 次的不入选")
    return tuple(said)
