"""Papers from the application to the draft for approval (立项、起草、征求意见、送审、报批)."""

from collections.abc import Iterator

from rongbiao.cases.models import Case, Entry
from rongbiao.exchange.papers.comments import CommentForm
from rongbiao.exchange.papers.explanations import Explanation
from rongbiao.exchange.papers.letters import ConsultationNotice, Covering
from rongbiao.exchange.papers.projects import (
    Application,
    ApplicationList,
    PlanNotice,
    Project,
    StageLine,
    Workflow,
)
from rongbiao.procedures.local_standard.effects import lines
from rongbiao.procedures.local_standard.forms import PATENTS
from rongbiao.stages import reach

from . import panels
from .dossier import Dossier, day_of, unit_of
from .remarks import summary

DRAFTS = (("submission", "报批稿"), ("disposition", "送审稿"), ("drafting", "征求意见稿"))
SENT = ("征求意见稿", "编制说明", "征求意见表")


def workflow(dossier: Dossier) -> Workflow:
    """Return the path of the case with the stage where it is."""
    case = dossier.case
    return Workflow(
        title=f"{dossier.project.named}工作流程"
        if case.standard is None
        else f"{case.title}工作流程",
        steps=tuple(_steps(case)),
    )


def _steps(case: Case) -> Iterator[StageLine]:
    for stage in case.procedure.stages:
        value = case.law.known(stage.rule) if stage.rule else None
        who = dict.fromkeys(part for by in stage.awaited() for part in str(by.name).split("、"))
        yield StageLine(
            str(stage.name),
            "、".join(who),
            "、".join(map(str, stage.documents)),
            value.amount if value else "",
            value.cited if value else "",
            now=not case.closed_on and stage.key == case.stage_key,
        )


def application(dossier: Dossier) -> Application | None:
    """Return the application as it was filed last."""
    filed = dossier.last("application", "submit")
    if filed is None:
        return None
    said = filed.answers
    return Application(
        project=dossier.project,
        purpose=said["need"],
        scope=said["scope"],
        grounds=said["local"],
        elsewhere=said["novelty"],
        schedule=f"计划用时{said['months']}个月。",
        made_on=filed.day,
    )


def application_list(dossier: Dossier) -> ApplicationList | None:
    """Return what the department has applied for in the year of this case, as its reader sees it."""
    filed = dossier.last("application", "submit")
    if filed is None or not dossier.applies:
        return None
    year = filed.day.year
    of = Case.objects.filter(
        procedure_key=dossier.case.procedure_key,
        applicant=dossier.case.applicant_id,
        demonstration=dossier.case.demonstration,
    )
    rows = Entry.objects.filter(
        case__in=of & reach.readable(dossier.actor),
        stage_key="application",
        action_key="submit",
    ).order_by("case", "seq")
    latest = {one.case_id: one for one in rows}
    filed_then = [one for one in latest.values() if one.day.year == year]
    return ApplicationList(
        city=dossier.project.city,
        year=year,
        proposer=dossier.proposer,
        projects=tuple(_applied(dossier, one) for one in filed_then),
    )


def _applied(dossier: Dossier, filed: Entry) -> Project:
    said = filed.answers
    return Project(
        city=dossier.project.city,
        title=said["title"],
        making="修订" if said["kind"] == "revision" else "制定",
        replaces=said.get("replaces", ""),
        proposer=dossier.proposer,
        drafters=tuple(lines(said["drafters"])),
    )


def plan_notice(dossier: Dossier) -> PlanNotice | None:
    """Return the notice of the plan as it was issued; later changes do not alter it."""
    issued = dossier.last("plan", "approve")
    filed = dossier.last("application", "submit", issued.seq) if issued else None
    if issued is None or filed is None:
        return None
    project = _applied(dossier, filed)
    said = issued.answers
    planned = Project(
        city=project.city,
        title=project.title,
        making=project.making,
        replaces=project.replaces,
        proposer=project.proposer,
        drafters=tuple(lines(said["drafters"])),
        due_on=day_of(said["finish_on"]),
    )
    return PlanNotice(
        city=project.city,
        year=issued.day.year,
        issuer=dossier.bureau,
        projects=(planned,),
        number=said["number"],
        consultation_days=dossier.case.law.consultation_days,
        day=issued.day,
    )


def explanation(dossier: Dossier) -> Explanation | None:
    """Return what the journal knows of the explanation; reasons are for the drafters to write."""
    planned = dossier.last("plan", "approve")
    if planned is None:
        return None
    stage = next((name for key, name in DRAFTS if dossier.last(key, "submit")), "")
    number, who = planned.answers["number"], "、".join(dossier.drafters)
    return Explanation(
        project=dossier.project,
        stage=stage,
        origin=f"计划文号：{number}。\n提出部门：{dossier.proposer}。\n起草单位：{who}。",
        process="\n".join(_process(dossier)),
        content="",
        comments=summary(dossier) if dossier.rounds else None,
        patents=patents(dossier),
    )


def _process(dossier: Dossier) -> Iterator[str]:
    """Yield what led the project on, day by day, as the journal has it."""
    procedure = dossier.case.procedure
    for one in dossier.acts:
        stage = next((each for each in procedure.stages if each.key == one.stage_key), None)
        action = stage.action(one.action_key) if stage else None
        if stage and action and procedure.after(stage, action.to) != stage.key:
            day = f"{one.day.year}年{one.day.month}月{one.day.day}日"
            yield f"{day}，{stage.name}：{action.name}。"


def patents(dossier: Dossier) -> str:
    """Return what the participants said of patents; nothing where nobody was asked yet."""
    said = [one.answers for one in dossier.acts if one.answers.get("patents")]
    told = list(dict.fromkeys(one["patent_words"] for one in said if one.get("patent_words")))
    if told:
        return "\n".join(told)
    return f"{dict(PATENTS)[said[-1]['patents']]}。" if said else ""


def consultation_notice(dossier: Dossier) -> ConsultationNotice | None:
    """Return the announcement of the consultation that was opened last."""
    if not dossier.rounds:
        return None
    last = dossier.rounds[-1]
    return ConsultationNotice(
        issuer=dossier.bureau,
        projects=(dossier.project,),
        since=last.since,
        until=last.until,
        address=dossier.address,
        day=last.since,
    )


def comment_form(dossier: Dossier) -> CommentForm | None:
    """Return the empty form of the consultation that runs, or ran last."""
    if not dossier.rounds:
        return None
    return CommentForm(project=dossier.project, until=dossier.rounds[-1].until)


def asking_letters(dossier: Dossier) -> list[Covering]:
    """Return one letter for each body that was asked, in the order of the drafters' list."""
    if not dossier.rounds:
        return []
    last = dossier.rounds[-1]
    return [
        Covering(
            project=dossier.project,
            issuer=unit_of(last.opening),
            addressee=name,
            carries=SENT,
            until=last.until,
            address=dossier.address,
            day=last.since,
        )
        for name in dossier.invited
    ]


def review_letter(dossier: Dossier) -> Covering | None:
    """Return the letter of the drafting unit that hands in the draft for review."""
    handed_in = dossier.last("disposition", "submit")
    carries = ("送审稿", "编制说明", "征求意见汇总处理表")
    return _to_the_bureau(dossier, handed_in, dossier.project.leader, carries)


def approval_letter(dossier: Dossier) -> Covering | None:
    """Return the letter of the department that asks for approval, once it has agreed."""
    agreed = dossier.last("audit", "accept")
    reviewed = "函审结论表" if panels.replies(dossier, "review") else "审查会议纪要"
    carries = ("报批稿", "编制说明", "征求意见汇总处理表", reviewed, "专家意见汇总处理表")
    return _to_the_bureau(dossier, agreed, dossier.proposer, carries)


def _to_the_bureau(
    dossier: Dossier, entry: Entry | None, issuer: str, carries: tuple[str, ...]
) -> Covering | None:
    if entry is None:
        return None
    return Covering(
        project=dossier.project,
        issuer=issuer,
        addressee=dossier.bureau,
        carries=carries,
        day=entry.day,
    )
