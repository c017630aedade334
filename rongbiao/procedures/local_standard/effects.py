"""What a local standard's acts write: seats of its drafters, its line in the register."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from rongbiao.cases import desk, message
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import procedures
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.parties.serial import take
from rongbiao.stages.answers import Disposition
from rongbiao.stages.countersigning import lines
from rongbiao.standards import edits, letters
from rongbiao.standards.ledger import code_here, holders, padded
from rongbiao.standards.models import Standard
from rongbiao.texts.numbers import read_number

from .citing import cite_later
from .forms import Suggestion


def name_case(case: Case, entry: Entry) -> None:
    """The case is called as its standard will be."""
    case.title = entry.answers["title"]


def seat_drafters(case: Case, names: list[str], day: date) -> None:
    """Seat the drafting units that have an account here, in their order."""
    case.seats.filter(capacity="drafter").delete()
    units = edits.units_named(names)
    Seat.objects.bulk_create(
        Seat(
            case=case,
            stage="drafting",
            capacity="drafter",
            organization=units[name],
            place=place,
            invited_on=day,
            demonstration=case.demonstration,
        )
        for place, name in enumerate(names)
        if name in units
    )


def route(case: Case, entry: Entry) -> None:
    """What may not be a local standard is followed until somebody took it up, or nobody does."""
    hand_on(case, entry, entry.answers["route"], case.applicant)


def hand_on(case: Case, entry: Entry, target: str, unit: Organization | None) -> None:
    """Open the following of what is handed to a group or to those above; a unit follows it."""
    if target != "none":
        desk.open_case(
            procedures["transfer"], actor=None, day=entry.day, origin=case, title=case.title,
            applicant=unit, standard=case.standard, demonstration=case.demonstration,
        )  # fmt: skip


def tell_office(case: Case, entry: Entry) -> None:
    """Officers learn of what only they decide."""
    posts = Post.objects.on(entry.day).filter(
        role=Post.Role.OFFICER, demonstration=case.demonstration
    )
    named = dict(Suggestion.KINDS)[entry.answers["kind"]]
    words = f"{entry.actor}建议“{case.title}”{named}，请研究决定。"
    message.tell(case, entry, words, posts.select_related("person"))


def tell_proposer(case: Case, words: str) -> None:
    """Whoever proposed what became this project, and left an address, learns how it goes on."""
    first = case.origin.entries.order_by("seq").first() if case.origin else None
    address = first.personal.words.get("email") if first and hasattr(first, "personal") else ""
    if first and address:
        letters.write(address, f"您建议的《{case.title}》{words}", f"受理号：{first.receipt}\n")


def issue_plan(case: Case, entry: Entry) -> None:
    """The plan is published, and its drafters may work."""
    case.public_since = case.public_since or entry.day
    seat_drafters(case, lines(entry.answers["drafters"]), entry.day)
    tell_proposer(case, f"已列入立项计划（{entry.answers['number']}）")


def change_plan(case: Case, entry: Entry) -> None:
    """The plan names other drafters, or another day."""
    if names := lines(entry.answers.get("drafters", "")):
        seat_drafters(case, names, entry.day)


def ask_around(case: Case, entry: Entry) -> None:
    """Seat the bodies that are asked for their opinion; who has no account is asked by letter."""
    case.seats.filter(capacity="invited").delete()
    units = edits.units_named(lines(entry.answers.get("invited", "")))
    Seat.objects.bulk_create(
        Seat(
            case=case,
            stage="consultation",
            capacity="invited",
            organization=unit,
            invited_on=entry.day,
            demonstration=case.demonstration,
        )
        for unit in units.values()
    )


def answer_commenters(case: Case, entry: Entry) -> None:
    """Whoever left an address learns what became of the comment; the address stays apart."""
    comments = case.entries.filter(action_key="comment").select_related("personal")
    answers = {
        one.about_id: one for one in case.entries.filter(action_key="dispose").order_by("seq")
    }
    for comment in comments:
        person, answer = getattr(comment, "personal", None), answers.get(comment.pk)
        if person and answer and (address := person.words.get("email")):
            taken = dict(Disposition.TAKEN)[answer.answers["taken"]]
            why = answer.answers.get("reason", "")
            letters.write(
                address,
                f"您对《{case.title}》的意见已处理：{taken}",
                f"受理号：{comment.receipt}\n处理意见：{taken}\n{why}",
            )


def planned_on(case: Case) -> date | None:
    """Return the day of the plan notice: from it the twelve months count."""
    entry = case.entries.filter(stage_key="plan", action_key="approve").last()
    return entry.day if entry else None


def drafters_of(case: Case) -> list[str]:
    """Return the drafting units in the order of the plan as it stands."""
    told = case.entries.filter(stage_key="plan", action_key="approve").last()
    names = lines(told.answers["drafters"]) if told else []
    for change in case.entries.filter(action_key="change"):
        names = lines(change.answers.get("drafters", "")) or names
    return names


def next_number(case: Case, day: date) -> str:
    """Take the number of a new standard; a revision keeps its serial and takes the year.

    Serials of a city are one row of numbers. A serial is taken in the transaction of the
    approval, above all that the register holds, and never given back; the demonstration's, which
    go with it, leave no gap behind them.
    """
    code = code_here()
    if replaced := case.said("submit").get("replaces") or _replaces(case):
        serial = read_number(replaced).bare.key.rsplit("-", 1)[0].removeprefix(code)
        return f"{code} {serial}-{day.year}"
    held = holders(code, demonstration=case.demonstration)
    taken = take(code, max(held, default=0), demonstration=case.demonstration)
    return f"{code} {padded(taken)}-{day.year}"


def _replaces(case: Case) -> str:
    filed = case.entries.filter(stage_key="application", action_key="submit").last()
    return str(filed.answers.get("replaces", "")) if filed else ""


def publish(case: Case, entry: Entry) -> None:
    """Number the standard and enter it in the register with its drafting units in order."""
    filed = case.entries.filter(stage_key="application", action_key="submit").last()
    told = case.entries.filter(stage_key="plan", action_key="approve").last()
    if filed is None or told is None or entry.actor is None:
        raise Refused(_("本件没有立项计划，不能发布。"))
    said, day = entry.answers, entry.day
    number = next_number(case, day)
    replaces = _replaces(case)
    wanted = edits.Wanted(
        columns={
            "title": filed.answers["title"],
            "title_en": filed.answers.get("title_en", ""),
            "nature": Standard.Nature.RECOMMENDED,
            "planned_on": planned_on(case),
            "issued_on": day,
            "implemented_on": date.fromisoformat(said["implemented_on"]),
            "ics": said["ics"],
            "ccs": said["ccs"],
            "publisher": settings.CITY["bureau"],
            "owner": told.answers["owner"],
            "proposer": str(case.applicant),
            "abstract": filed.answers["scope"],
        },
        drafters=drafters_of(case),
        relations=[("replaces", replaces)] if replaces else None,
    )
    basis = edits.Basis(said["number"], day, f"办件{case.number}批准发布")
    case.standard = edits.enter(number, wanted, basis, actor=entry.actor, day=day)
    tell_proposer(case, f"已批准发布，编号{case.standard.shown}")


def disclose(case: Case, entry: Entry) -> None:
    """The text is open to everybody from the standard's page; what it cites enters the register."""
    file = entry.attachments.get(field="text").file
    Standard.objects.filter(pk=case.standard_id or 0).update(text=file)
    cite_later(case, entry)


def note_filing(case: Case, entry: Entry) -> None:
    """The filing number stands in the register."""
    Standard.objects.filter(pk=case.standard_id or 0).update(filing=entry.answers["filing"])
