"""Navigation (导航): one declaration.

An entry shows when its page exists and this actor may open it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rongbiao.standards.citing.who import may_register
from rongbiao.standards.declaring import declares
from rongbiao.web import inbox


@dataclass(frozen=True)
class Entry:
    """One line of a menu: words, address name, icon, who sees it, and the pages beneath it."""

    name: Any  # a lazy word or a plain one
    url: str
    icon: str
    who: Callable[[HttpRequest], bool] = lambda request: True
    within: tuple[str, ...] = ()
    badge: Callable[[HttpRequest], str] = lambda request: ""


@dataclass(frozen=True)
class Shown:
    """An entry as this page shows it; ``current`` is what aria-current says, or empty."""

    name: Any  # a lazy word or a plain one
    href: str
    icon: str
    current: str
    badge: str = ""


@dataclass(frozen=True)
class Group:
    """A titled run of entries."""

    name: Any  # a lazy word or a plain one
    entries: list[Shown]


def published(request: HttpRequest) -> bool:
    return settings.PUBLIC_BOARD or request.user.is_authenticated


def acting(request: HttpRequest) -> bool:
    return bool(request.actor)


def officer(request: HttpRequest) -> bool:
    return bool(request.actor and request.actor.is_officer)


def office(request: HttpRequest) -> bool:
    return bool(request.actor and (request.actor.is_officer or request.actor.role == "auditor"))


def reporter(request: HttpRequest) -> bool:
    return bool(request.actor and request.actor.role in {"reporter", "leader"})


def handler(request: HttpRequest) -> bool:
    return may_register(request.actor)


def expert(request: HttpRequest) -> bool:
    return bool(request.actor and request.actor.role == "expert")


def declarer(request: HttpRequest) -> bool:
    """Tell whether somebody acts for an enterprise."""
    return declares(request.actor)


def everybody(request: HttpRequest) -> bool:
    return True


def waiting(request: HttpRequest) -> str:
    return inbox.badge(request.actor, timezone.localdate()) if request.actor else ""


# The pages on which a visitor follows the strategy: one heading of the portal, a row beneath it.
SECTION = (
    Entry(_("战略总览"), "board", "layout-dashboard", published),
    Entry(_("政策全文"), "plans", "file-text", published, ("opinion",)),
    Entry(_("目标指标"), "targets", "target-arrow", published, ("target",)),
    Entry(_("供给结构"), "shares", "chart-line", published),
    Entry(_("任务矩阵"), "matrix", "grid-dots", published, ("peek",)),
    Entry(_("任务进展"), "tasks", "list-details", published, ("task",)),
    Entry(pgettext_lazy("menu", "责任单位"), "units", "building-community", published, ("unit",)),
    Entry(_("联席会议决定"), "decisions", "gavel", published),
    Entry(_("联席会议成员"), "conference", "users-group", published),
)
PURSUIT = tuple(name for entry in SECTION for name in (entry.url, *entry.within))
STANDARDS = ("standard", "standard_relations", "standard_map")  # the pages beneath the search
REGISTERS = ("register", "batch", "loads", "load", "numbers", "gap_explain")
CASES = ("case", "case_act", "case_compare")
MATTERS = ("matter", "matter_new", "receipts")
ASKED = ("consultation", "consultation_basket", "consultation_sent", "consultation_changes")
CHECKS = ("citing_check", "citing_file")
DECLARING = ("declaring_new", "declaring_edit", "declaring_import")
SUPERVISION = ("campaign", "campaign_new", "campaign_objects", "named_report")
UNITS = ("organization", "organization_named")
GROUPS = ("association", "fostering")
LEADERS = ("leader_plan", "leader_apply", "leader_remove", "national_leaders")
MARKET = (  # the portal has one heading for all of them
    "declaration", "associations", *GROUPS, "leaders", *LEADERS, "campaigns", *SUPERVISION,
)  # fmt: skip
CITING = ("citing-register", "citing_document", "citing_confirm")
WORKBENCH = (
    (
        _("我的工作"),
        (
            Entry(_("待办"), "inbox", "inbox", acting, badge=waiting),
            Entry(_("我的填报"), "reports", "pencil", reporter, ("report", "report_check")),
            Entry(_("填报审核"), "review", "list-check", officer, ("review_one", "review_all")),
            Entry(_("引用处置"), "citing_duties", "refresh", handler),
            Entry(_("引用处置督办"), "citing_late", "alert-triangle", office),
            Entry(_("我的利害关系"), "ties", "users-group", expert),
            Entry(_("本企业标准"), "declaring", "certificate", declarer, DECLARING),
            Entry(_("我的订阅"), "subscriptions", "message-report", acting),
        ),
    ),
    (
        _("战略实施"),
        (
            Entry(_("战略总览"), "board", "layout-dashboard", published),
            Entry(_("目标指标"), "targets", "target-arrow", published, ("target",)),
            Entry(_("供给结构"), "shares", "chart-line", published),
            Entry(_("任务矩阵"), "matrix", "grid-dots", published),
            Entry(_("任务进展"), "tasks", "list-details", published, ("task",)),
            Entry(
                pgettext_lazy("menu", "责任单位"),
                "units",
                "building-community",
                published,
                ("unit",),
            ),
            Entry(_("规划代次"), "plans", "file-text", published, ("opinion",)),
        ),
    ),
    (
        _("联席会议"),
        (
            Entry(_("联席会议决定"), "decisions", "gavel", published, ("decision_new",)),
            Entry(_("联席会议成员"), "conference", "users-group", published),
            Entry(_("政策文件"), "policies", "file-description", officer, ("policy",)),
            Entry(_("填报期"), "periods", "calendar-event", officer, ("period",)),
            Entry(_("规则与时限"), "law", "list-check", within=("law_rule", "law_days")),
        ),
    ),
    (
        _("标准制修订"),
        (
            Entry(_("专家库"), "experts", "certificate", office, ("expert", "expert_new")),
            Entry(_("抽取"), "draws", "arrows-shuffle", published, ("draw", "draw_new")),
        ),
    ),
    (
        _("事项办理"),
        (
            Entry(_("征求意见"), "consultations", "message-report", everybody, ASKED),
            Entry(_("办件"), "cases", "clipboard-list", everybody, CASES),
            Entry(_("办事服务"), "matters", "list-check", everybody, MATTERS),
        ),
    ),
    (
        _("标准资源"),
        (
            Entry(_("标准检索"), "standards", "search", published, STANDARDS),
            Entry(_("引用核查"), "citing", "file-check", published, CHECKS),
            Entry(_("标准分类"), "classes", "category", published, ("class",)),
            Entry(_("采购助手"), "procurement", "clipboard-list", published),
            Entry(_("自我声明"), "declarations", "shield-check", published, ("declaration",)),
            Entry(_("团体标准"), "associations", "certificate", published, GROUPS),
            Entry(_("领跑者"), "leaders", "flag-3", published, LEADERS),
            Entry(_("监督抽查"), "campaigns", "list-check", published, SUPERVISION),
            Entry(_("名录"), "registers", "books", published, REGISTERS),
            Entry(_("参编单位"), "organizations", "building", published, UNITS),
            Entry(_("引用文件"), "citing_documents", "link", published, CITING),
        ),
    ),
)
PORTAL = (
    Entry(_("首页"), "home", "home"),
    Entry(_("标准检索"), "standards", "search", published, STANDARDS),
    Entry(_("引用核查"), "citing", "file-check", published, CHECKS),
    Entry(_("标准分类"), "classes", "category", published, ("class",)),
    Entry(_("采购助手"), "procurement", "clipboard-list", published),
    Entry(_("公开征求意见"), "consultations", "message-report", everybody, ASKED),
    Entry(_("抽取"), "draws", "arrows-shuffle", published, ("draw",)),
    Entry(_("政策与目标"), "board", "layout-dashboard", published, PURSUIT),
    Entry(_("办事服务"), "matters", "list-check", everybody, (*MATTERS, "cases", *CASES)),
    Entry(_("市场标准"), "declarations", "shield-check", published, MARKET),
    Entry(_("名录"), "registers", "books", published, REGISTERS),
    Entry(_("参编单位"), "organizations", "building", published, UNITS),
)
TABS = (
    Entry(_("总览"), "board", "layout-dashboard", published),
    Entry(pgettext_lazy("menu", "任务"), "matrix", "grid-dots", published),
    Entry(pgettext_lazy("menu", "目标"), "targets", "target-arrow", published, ("target",)),
    Entry(_("待办"), "inbox", "inbox", acting),
    Entry(_("名录"), "registers", "books", published, REGISTERS),
)


def shown(entries: tuple[Entry, ...], request: HttpRequest) -> list[Shown]:
    """Return the entries that exist and that this request may open."""
    found = []
    here = request.resolver_match.url_name if request.resolver_match else ""
    for entry in entries:
        try:
            href = reverse(entry.url)
        except NoReverseMatch:
            continue
        if entry.who(request):
            current = "page" if request.path == href else "true" if here in entry.within else ""
            found.append(Shown(entry.name, href, entry.icon, current, entry.badge(request)))
    return found


def navigation(request: HttpRequest) -> dict:
    """Return the menus of this request."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    groups = [Group(name, shown(entries, request)) for name, entries in WORKBENCH]
    return {
        "workbench": [group for group in groups if group.entries],
        "portal": shown(PORTAL, request),
        "section": shown(SECTION, request) if here in PURSUIT else [],
        "tabs": shown(TABS, request),
    }
