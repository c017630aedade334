"""Planning and drawing (计划与双随机): a campaign is planned, frozen, its objects and people drawn.

Two draws, one after the other: objects from the frozen population, then inspectors, so that
whoever has a tie to an enterprise is never sent there. Who inspects what follows from the
order of the draw; nobody chooses.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties import draws, experts, journal, rules, serial
from rongbiao.parties.fitting import fitted
from rongbiao.parties.in_post import ask_office
from rongbiao.parties.models import Draw, Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.conflicts import Concern, conflicts
from rongbiao.standards.models import Campaign, Declaration
from rongbiao.texts.lots import MOST_SEATS, Lot, Rules

from . import population
from .population import Wanted

OBJECTS, PEOPLE = "抽查对象", "检查人员"
RESERVES = 2  # of the people at least, where there are so many
EVERY, CLOSED = "与全部抽中企业都须回避", "账号已停用"


@dataclass(frozen=True)
class Said:
    """What is said of a campaign."""

    title: str
    year: int
    basis: str
    count: int
    people: int
    per_unit: int = 0
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class Sent:
    """One drawn object with who inspects it; ``passed`` are those who were to, and stand aside."""

    place: int
    declaration: int
    name: str
    unit: str
    area: str
    posts: tuple[int, ...]
    passed: tuple[int, ...] = ()


def office(actor: Post | None, day: date) -> Post:
    """Return the officer who handles campaigns, or refuse."""
    return ask_office(actor, day, _("监督抽查由联席会议办公室经办人办理。"))


@transaction.atomic
def plan(said: Said, *, actor: Post, day: date) -> Campaign:
    """Enter a campaign; what it is about can be changed no more once its population is frozen."""
    office(actor, day)
    if not 1 <= said.count <= MOST_SEATS:
        raise Refused(_("抽取对象应为 1 至 {most} 个。").format(most=MOST_SEATS))
    if said.people < 1:
        raise Refused(_("至少抽取 1 名检查人员。"))
    population.check(said.wanted)
    mark = "YS-" if actor.demonstration else ""
    taken = serial.take(f"campaign-{said.year}", demonstration=actor.demonstration)
    row = Campaign(
        number=f"{mark}CCJH-{said.year}-{taken:02}", title=said.title.strip(), year=said.year,
        basis=said.basis.strip(), asked=asdict(said.wanted), count=said.count, people=said.people,
        per_unit=said.per_unit, planned_by=actor, planned_on=day, demonstration=actor.demonstration,
    )  # fmt: skip
    fitted(row).save()
    journal.write(actor, "plan-campaign", row, day=day)
    return row


def locked(campaign: Campaign, step: str) -> Campaign:
    """Return a campaign held against others, or refuse where it is at another step."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.step != step:
        raise Refused(
            _("抽查计划 {number} 现在“{step}”，不能这样办理。").format(
                number=row.number, step=row.step.label
            )
        )
    return row


@transaction.atomic
def freeze(campaign: Campaign, *, actor: Post, day: date) -> Campaign:
    """Freeze the population under its SHA-256, and the list of the draw with it."""
    office(actor, day)
    row = locked(campaign, Campaign.Step.PLANNED)
    wanted = Wanted(**row.asked)
    found = population.members(wanted, day, demonstration=row.demonstration)
    if not found:
        raise Refused(_("没有符合抽查范围的声明条目，请放宽范围，重新制定计划。"))
    content = population.table(found)
    row.population = File.objects.keep(
        content, f"{row.number}-{day}.csv", "text/csv", demonstration=row.demonstration
    )
    row.size = len(found)
    lots = [Lot(one.key, f"{one.number} {one.title}", one.unit, one.area) for one in found]
    conditions = (
        *population.conditions(wanted),
        f"总体 {row.size} 项，清单 SHA-256：{row.population.sha256}",
        f"抽取 {row.count} 项" + (f"，同一企业不超过 {row.per_unit} 项" if row.per_unit else ""),
    )
    matter = draws.Matter(OBJECTS, row.number, conditions)
    held = Rules(row.count, 0, row.per_unit)
    row.objects_draw = draws.freeze(matter, lots, held, actor=actor, day=day)
    row.save()
    journal.write(
        actor, "freeze-population", row, day=day, sha256=row.population.sha256, n=row.size
    )
    return row


@transaction.atomic
def staff(campaign: Campaign, *, actor: Post, day: date) -> Campaign:
    """Freeze the list of those who may inspect: officers and experts of the day.

    So many are held in reserve that whatever comes out leaves a team for every enterprise;
    refused where there are not so many free of ties.
    """
    office(actor, day)
    row = locked(campaign, Campaign.Step.DRAWN)
    if row.people_draw:
        raise Refused(_("检查人员名单已冻结，请揭示种子抽取。"))
    posts = able(day, demonstration=row.demonstration)
    firms = _firms(row)
    tied = ties(posts, firms, day)
    lots, grounds = [], {}
    with translation.override(settings.LANGUAGE_CODE):
        for post in posts:
            why = []
            if firms and len(tied[post.pk]) == len(firms):
                why.append(EVERY)
            if not post.person.is_active:
                why.append(CLOSED)
            key = f"post:{post.pk}"
            group = str(post.get_role_display())
            lots.append(Lot(key, post.person.name, post.organization.name, group, tuple(why)))
            if why:
                grounds[key] = why
    team = team_of(day)
    if row.people < team:
        words = _("每个对象由 {team} 人检查，至少抽取 {team} 名检查人员。")
        raise Refused(words.format(team=team))
    conditions = (
        f"从经办人和专家中抽取 {row.people} 人",
        f"每个对象 {team} 人，按抽取次序轮流；与企业有利害关系的，由次序在后的代替",
    )
    matter = draws.Matter(PEOPLE, row.number, conditions, grounds=grounds)
    keys = [post.pk for post, lot in zip(posts, lots, strict=True) if lot.eligible]
    held = Rules(row.people, _spare(row.people, team, firms, [tied[key] for key in keys]))
    row.people_draw = draws.freeze(matter, lots, held, actor=actor, day=day)
    row.save(update_fields=["people_draw"])
    return row


def _spare(people: int, team: int, firms: Sequence[Organization], tied: list[set[int]]) -> int:
    """Return how many reserves leave every enterprise a team even where all tied to it are drawn."""
    worst = 0
    for firm in firms:
        bound = sum(firm.pk in units for units in tied)
        if len(tied) - bound < team:
            words = _("对“{firm}”不须回避的只有 {n} 人，应有 {team} 人，请先增聘专家，再冻结名单。")
            raise Refused(words.format(firm=firm.name, n=len(tied) - bound, team=team))
        worst = max(worst, bound)
    return min(max(RESERVES, worst + team - people), max(0, len(tied) - people))


def team_of(day: date) -> int:
    """Return how many inspect one object, by the rule of the day."""
    return int(rules.table("supervision").at(day).team)


def able(day: date, *, demonstration: bool) -> list[Post]:
    """Return who may be sent: the officers and the experts in post on a day, one post a person."""
    officers = Post.objects.on(day).filter(role=Post.Role.OFFICER)
    officers = officers.select_related("person", "organization").order_by("pk")
    found: dict[int, Post] = {}
    for post in (*officers, *experts.on(day)):
        if post.demonstration == demonstration:
            found.setdefault(post.person_id, post)
    return list(found.values())


def _firms(campaign: Campaign) -> list[Organization]:
    drawn = [declaration_of(one) for one in seated(campaign.objects_draw)]
    held = Declaration.objects.filter(pk__in=drawn).values("organization")
    return list(Organization.objects.filter(pk__in=held))


def ties(posts: Sequence[Post], firms: Sequence[Organization], day: date) -> dict[int, set[int]]:
    """Return from which enterprises each post must stand aside; a few questions for all of them."""
    found = conflicts(posts, Concern(units=firms, drafting_years=0), day)
    return {pk: {one.unit for one in reasons if one.unit} for pk, reasons in found.items()}


def seated(draw: Draw | None) -> list[dict]:
    """Return who or what a draw seated, in its order."""
    return list(draw.seated) if draw else []


def declaration_of(one: dict) -> int:
    """Return the declared item that a drawn lot names."""
    return int(one["key"].partition(":")[2])


def sent(campaign: Campaign, day: date) -> list[Sent]:
    """Return who inspects what: the drawn people take turns, those who are tied are passed over.

    Where the drawn do not suffice for an object, reserves who have not said that they cannot
    come stand in, in the order of the draw; refused where even they are too few.
    """
    team = team_of(day)
    keys, waiting = _people(campaign.people_draw)
    posts = Post.objects.select_related("person", "organization").in_bulk([*keys, *waiting])
    people, spare = [posts[key] for key in keys], [posts[key] for key in waiting]
    objects = seated(campaign.objects_draw)
    held = Declaration.objects.select_related("organization__region").in_bulk(
        [declaration_of(one) for one in objects]
    )
    firms = _firms(campaign)
    tied = ties([*people, *spare], firms, day)
    found = []
    for place, one in enumerate(objects, start=1):
        row = held[declaration_of(one)]
        start = (place - 1) * team
        turn = [*(people[(start + n) % len(people)] for n in range(len(people))), *spare]
        fit = [post for post in turn if row.organization_id not in tied[post.pk]]
        if len(fit) < team:
            words = _("抽中和备选的人员中，对“{name}”不须回避的只有 {n} 名，应有 {team} 名。")
            raise Refused(words.format(name=one["name"], n=len(fit), team=team))
        chosen = fit[:team]
        before = turn[: turn.index(chosen[-1])]
        passed = tuple(post.pk for post in before if post not in chosen)
        region = row.organization.region
        area = str(region) if region else population.NOWHERE
        name, unit = one["name"], one["unit"]
        found.append(Sent(place, row.pk, name, unit, area, tuple(p.pk for p in chosen), passed))
    return found


def _people(draw: Draw | None) -> tuple[list[int], list[int]]:
    """Return the posts that a draw seated, and of its reserves those who can still come."""
    if not draw:
        return [], []
    keys = [one["post"] for one in draw.seated]
    gone = {key for one in draw.absences for key in one["keys"]}
    spare = [one["post"] for one in draw.reserves if one["key"] not in gone]
    return keys, [key for key in spare if key not in keys]
