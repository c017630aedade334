"""What the acts of an inspection write: its line in the register of inspections, its seats."""

from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.parties.refused import Refused
from rongbiao.procedures.leader_adjustment import FAILED, standing_lost, standing_restored
from rongbiao.standards import declaring
from rongbiao.standards.models import Campaign, Declaration, Inspection
from rongbiao.standards.supervising import population

Result = Inspection.Result


def row_of(case: Case) -> Inspection:
    """Return the line of a case, held against others."""
    rows = Inspection.objects.select_for_update(of=("self",))
    row = rows.filter(basis=case.number).first()
    if row is None:
        raise Refused(_("本件没有检查对象。"))
    return row


def take(case: Case, entry: Entry) -> None:
    """Enter the line, seat the inspectors; the enterprise is the party of the case."""
    said = entry.answers
    item = Declaration.objects.select_related("organization__region").get(pk=said["item"])
    campaign = Campaign.objects.filter(pk=said.get("plan")).first()
    statement = item.statements.on(entry.day).order_by("-ordinal").first()
    codes = population.fields_of([item], entry.day)[item.pk]
    region = item.organization.region
    Inspection.objects.create(
        campaign=campaign, declaration=item, statement=statement, place=said.get("place"),
        area=str(region) if region else population.NOWHERE, field=population.field_of(codes),
        basis=case.number, basis_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip
    case.applicant, case.title = item.organization, str(item)[:200]
    case.save(update_fields=["applicant", "title"])
    for place, post in enumerate(said["posts"], start=1):
        _seat(case, post, place, entry)


def _seat(case: Case, post: int, place: int, entry: Entry) -> None:
    Seat.objects.create(
        case=case, stage="inspect", capacity="inspector", post_id=post, place=place,
        invited_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip


def stand_aside(case: Case, entry: Entry) -> None:
    """Take an inspector out."""
    seat = case.seats.get(capacity="inspector", post=entry.actor)
    seat.recused_on, seat.reason = entry.day, entry.answers["words"][:300]
    seat.save(update_fields=["recused_on", "reason"])


def send_another(case: Case, entry: Entry) -> None:
    """Seat another inspector."""
    _seat(case, int(entry.answers["inspector"]), case.seats.count() + 1, entry)


def note(case: Case, entry: Entry) -> None:
    """Write what was found first; a re-check leaves that as it was."""
    row = row_of(case)
    if case.stage_key == "inspect":
        row.found, row.inspected_on = entry.answers["faults"], entry.day
        row.statement_id = entry.answers.get("statement")
        row.save()


def accept(case: Case, entry: Entry) -> None:
    """Nothing was found, or what was found is put right, in time or late."""
    row = row_of(case)
    if case.stage_key == "inspect":
        row.result = Result.PASSED
    else:
        row.corrected_on = row.corrected_on or entry.day
        in_time = row.due_on is None or row.corrected_on <= row.due_on
        row.result = Result.CORRECTED if in_time else Result.LATE
    row.save()


def order(case: Case, entry: Entry) -> None:
    """Write until when it is to be put right; the first order counts."""
    row = row_of(case)
    row.ordered_on = row.ordered_on or entry.day
    row.due_on = row.due_on or case.end_of("correction_days", entry.day).day
    row.corrected_on = None
    row.save()


def correct(case: Case, entry: Entry) -> None:
    """The enterprise says that it is put right."""
    row = row_of(case)
    row.corrected_on = entry.day
    row.save()


def lose(case: Case, entry: Entry) -> None:
    """It was not put right."""
    row = row_of(case)
    row.corrected_on, row.result = None, Result.UNCORRECTED
    row.save()


def hand_over(case: Case, entry: Entry) -> None:
    """The province decided: what it abolished, or whose number it revoked, is declared no more."""
    row, said = row_of(case), entry.answers
    row.corrected_on = None
    if said["outcome"] == "returned":
        row.result = Result.UNCORRECTED
    else:
        row.result = Result.TRANSFERRED
        if not row.declaration.withdrawn_on:
            done = {"abolished": "废止企业标准", "revoked": "撤销标准编号"}[said["outcome"]]
            reason = f"省级标准化行政主管部门{done}。{said.get('words', '')}".strip()
            declaring.withdraw(row.declaration_id, reason, day=entry.day)
    row.save()


def publish(case: Case, entry: Entry) -> None:
    """The result is public from this day."""
    row = row_of(case)
    row.published_on, row.where = entry.day, entry.answers["where"]
    row.save()
    if row.result in {Result.UNCORRECTED, Result.TRANSFERRED}:
        standing_lost(row.declaration, FAILED, entry.day, case.number)
    else:
        standing_restored(row.declaration, entry.day)
