"""Papers of an inspection (检查记录、责令改正、移送), filled from its journal."""

from django.conf import settings

from rongbiao.cases.models import Entry
from rongbiao.exchange.papers.inspections import Item, Ordering, Record, Transfer
from rongbiao.procedures.supervision.forms import GROUNDS, inspection_of
from rongbiao.standards.models import Inspection, Statement
from rongbiao.standards.supervising.sheet import ITEMS, VERDICTS

from .dossier import Dossier

ASKS = {
    "order_below": "依照《中华人民共和国标准化法》第三十九条废止该企业标准",
    "order_number": "依照《中华人民共和国标准化法》第四十二条撤销该标准编号",
}


def _row(dossier: Dossier) -> Inspection | None:
    return inspection_of(dossier.case)


def record(dossier: Dossier, stage: str) -> Record | None:
    """Return the sheet as it was recorded last in a stage."""
    entry, row = dossier.last(stage, "record"), _row(dossier)
    if entry is None or row is None:
        return None
    opened = dossier.said("opening", "submit")
    item, said, verdicts = row.declaration, entry.answers, dict(VERDICTS)
    version = Statement.objects.filter(pk=said.get("statement")).first()
    campaign = row.campaign
    drawn = [campaign.objects_draw, campaign.people_draw] if campaign else []
    return Record(
        city=str(settings.CITY["name"]),
        number=dossier.case.number,
        firm=item.organization.name,
        code=item.organization.credit_code or "",
        standard=item.number,
        title=item.title,
        version=f"第{version.ordinal}版（{version.since}）" if version else "",
        reason=opened.get("reason", ""),
        draws="、".join(str(one) for one in drawn if one),
        items=tuple(
            Item(
                name=str(ITEMS[one["key"]][0]), verdict=str(verdicts[one["verdict"]]),
                found=tuple(one["found"]), why=one["why"],
            )
            for one in said["lines"]
        ),
        remarks=said.get("remarks", ""),
        inspectors=_inspectors(dossier),
        held="检查" if stage == "inspect" else "复查",
        day=entry.day,
    )  # fmt: skip


def _inspectors(dossier: Dossier) -> tuple[str, ...]:
    seats = dossier.case.seats.filter(capacity="inspector", recused_on=None)
    return tuple(
        str(seat.post.person) for seat in seats.select_related("post__person") if seat.post
    )


def _ordered(dossier: Dossier) -> Entry | None:
    found = (dossier.last(stage, "rectify") for stage in ("recheck", "inspect"))
    return next((one for one in found if one), None)


def order(dossier: Dossier) -> Ordering | None:
    """Return the order that was given last."""
    entry, row = _ordered(dossier), _row(dossier)
    if entry is None or row is None or row.inspected_on is None:
        return None
    said, names = entry.answers, dict(GROUNDS)
    period = dossier.case.law.rule("correction_days")
    grounds = [key for key in said["grounds"] if key != "other"]
    return Ordering(
        issuer=dossier.bureau,
        number=said["number"],
        firm=row.declaration.organization.name,
        standard=row.declaration.number,
        title=row.declaration.title,
        inspected_on=row.inspected_on,
        faults=said["words"],
        grounds=tuple(str(names[key]).split("（")[0] for key in grounds),
        period=period.amount,
        due_on=dossier.case.end_of("correction_days", entry.day).day,
        sure=period.verified,
        day=entry.day,
    )


def transfer(dossier: Dossier) -> Transfer | None:
    """Return the letter to the province."""
    entry, row = dossier.last("transfer", "send"), _row(dossier)
    if entry is None or row is None or row.inspected_on is None:
        return None
    said = entry.answers
    return Transfer(
        issuer=dossier.bureau,
        addressee=said["addressee"],
        number=said["number"],
        firm=row.declaration.organization.name,
        standard=row.declaration.number,
        title=row.declaration.title,
        asks=ASKS[said["ground"]],
        reason=said["words"],
        inspected_on=row.inspected_on,
        ordered_on=row.ordered_on,
        due_on=row.due_on,
        day=entry.day,
    )
