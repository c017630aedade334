"""The catalogue of papers (文件目录): each with its data, its source and its files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from . import (
    announcements,
    comments,
    comments_excel,
    explanations,
    filings,
    inspections,
    leaders,
    letter_reviews,
    letters,
    meetings,
    projects,
    reviews,
)
from .official import word_file
from .typesetting import pdf_file


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is called, where its form comes from, what it is made of."""

    key: str
    name: str
    source: str
    data: type
    files: dict[str, Callable[[Any], bytes]]


def _form(key: str, name: str, source: str, data: type, make: Callable[[Any], bytes]) -> Paper:
    return Paper(key, name, source, data, {"docx": make})


def _official(key: str, name: str, source: str, data: type, make: Callable[[Any], Any]) -> Paper:
    """Return a paper in the layout of official papers: Word and PDF from one description."""
    files = {
        "docx": lambda given: word_file(make(given)),
        "pdf": lambda given: pdf_file(make(given)),
    }
    return Paper(key, name, source, data, files)


SET = "DB6101/T 3168—2023 附录"
LAYOUT = "GB/T 9704—2012"
LETTER = f"{LAYOUT}（信函格式）"
MEASURES = "地方标准管理办法"
PAPERS = (
    _form("workflow", _("工作流程图"), f"{SET} A", projects.Workflow, projects.workflow),
    _form("application", _("立项申请书"), f"{SET} B.1", projects.Application, projects.application),
    _form(
        "application_list", _("立项申请项目汇总表"), f"{SET} B.2", projects.ApplicationList,
        projects.application_list,
    ),
    _official("plan_notice", _("立项计划通知"), LAYOUT, projects.PlanNotice, projects.plan_notice),
    _form("explanation", _("编制说明"), f"{SET} C", explanations.Explanation, explanations.explanation),
    _official(
        "consultation_notice", _("征求意见公告"), LAYOUT, letters.ConsultationNotice,
        letters.consultation_notice,
    ),
    _official("asking_letter", _("征求意见函"), f"{SET} E；{LETTER}", letters.Covering, letters.asking_letter),
    Paper(
        "comment_form", _("征求意见表"), f"{SET} D.1", comments.CommentForm,
        {"docx": comments.comment_form, "xlsx": comments_excel.comment_form_excel},
    ),
    Paper(
        "summary", _("征求意见汇总处理表"), f"{SET} D.2", comments.Summary,
        {"docx": comments.summary, "xlsx": comments_excel.summary_excel},
    ),
    _official("review_letter", _("送审函"), f"{SET} F；{LETTER}", letters.Covering, letters.review_letter),
    _form("draw_record", _("专家抽取记录"), "本平台", meetings.Draw, meetings.draw_record),
    _form("minutes", _("审查会议纪要"), f"{SET} G.1", meetings.Minutes, meetings.minutes),
    _form("letter_conclusion", _("函审结论表"), "本平台", letter_reviews.Conclusion, letter_reviews.conclusion),
    _form("signatures", _("专家意见签名表"), f"{SET} G.2", meetings.Signatures, meetings.signatures),
    _form("opinions", _("专家意见汇总处理表"), f"{SET} G.3", meetings.Opinions, meetings.opinions),
    _official("approval_letter", _("报批函"), f"{SET} H；{LETTER}", letters.Covering, letters.approval_letter),
    _official("approval", _("批准发布公告"), f"{LAYOUT}；{MEASURES}", announcements.Approval, announcements.approval),
    _form("filing_form", _("备案信息表"), f"本平台（{MEASURES}）", filings.FilingForm, filings.filing_form),
    _form(
        "abolition_form", _("废止备案信息表"), f"本平台（{MEASURES}）", filings.AbolitionForm,
        filings.abolition_form,
    ),
    _form("review_form", _("复审表"), f"本平台（{MEASURES}）", reviews.Review, reviews.review_form),
    _official(
        "review_outcome", _("复审结论公告"), LAYOUT, announcements.ReviewOutcome,
        announcements.review_outcome,
    ),
    _official("abolition", _("废止公告"), LAYOUT, announcements.Abolition, announcements.abolition),
    _official("leader_list", _("领跑者名单公告"), LAYOUT, leaders.LeaderList, leaders.leader_list),
    _official("leader_removal", _("移出名单公告"), LAYOUT, leaders.LeaderRemoval, leaders.leader_removal),
    _form("inspection_record", _("检查记录表"), "本平台", inspections.Record, inspections.record),
    _official("correction_order", _("责令改正通知书"), LAYOUT, inspections.Ordering, inspections.order),
    _official("transfer_letter", _("移送函"), LETTER, inspections.Transfer, inspections.transfer),
    _official("inspection_bulletin", _("抽查情况通报"), LAYOUT, inspections.Report, inspections.bulletin),
)  # fmt: skip
