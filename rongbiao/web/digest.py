"""Letters to subscribers (订阅邮件): confirmation at once, and one digest a day for an address.

A digest is written in the transaction that notes how far its readers have been told, and
sent after it: running twice sends nothing twice, and a clock that stood still catches up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import OperationalError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards import events, letters, news, subscriptions
from rongbiao.standards.kin import named_by
from rongbiao.standards.models import Event, Letter, Subscription
from rongbiao.standards.search import asked
from rongbiao.web.changes import changes_of
from rongbiao.web.languages import TRADITIONAL, page_in_traditional, traditional
from rongbiao.web.naming import class_name, names
from rongbiao.web.surroundings import city

SHOWN = 30  # lines of one subscription in a letter; the page shows all
FACETS = {
    "level": gettext_lazy("层级"),
    "status": gettext_lazy("状态"),
    "nature": gettext_lazy("性质"),
    "ics": "ICS",
    "ccs": "CCS",
    "region": gettext_lazy("行政区划代码"),
    "year": gettext_lazy("年份"),
    "organization": gettext_lazy("单位"),
    "section": gettext_lazy("领域"),
}


@dataclass
class Part:
    """What one subscription has to tell."""

    row: Subscription
    name: str
    found: Sequence[Event]
    lines: list[tuple[Event, list, str]] = field(default_factory=list)  # news, changes, link

    @property
    def more(self) -> int:
        """How many lines the letter leaves out."""
        return len(self.found) - len(self.lines)


def name_of(row: Subscription) -> str:
    """Return what a subscription is to, in words."""
    if row.kind == Subscription.Kind.STANDARD:
        return str(named_by(row.target) or row.target)
    if row.kind == Subscription.Kind.CLASS:
        scheme, _colon, code = row.target.partition(":")
        return f"{scheme.upper()} {code} {class_name(code)}".strip()
    said = asked(parse_qs(row.target))
    parts = [_("“{words}”").format(words=said.words)] if said.words else []
    for name, values in said.filters.items():
        known = names(name, values)
        words = "、".join(str(known.get(value, value)) for value in values)
        parts.append(_("{label}：{words}").format(label=FACETS[name], words=words))
    return _("检索 {question}").format(question=_("，").join(parts))


def full(path: str) -> str:
    """Return an address as a letter needs it."""
    return f"{settings.SITE_ADDRESS}{path}"


def in_script(text: str, *, page: bool = False) -> str:
    """Return a text in the script of the reader."""
    if translation.get_language() != TRADITIONAL:
        return text
    return page_in_traditional(text) if page else traditional(text)


def letter(template: str, row: Subscription, subject: str, context: dict[str, Any]) -> Letter:
    """Write one letter in plain text and HTML, in the language in force."""
    context = context | {
        "row": row,
        "city": city(),
        "manage": full(reverse("subscription", args=[row.token])),
    }
    text = in_script(render_to_string(f"subscriptions/{template}.txt", context))
    html = in_script(render_to_string(f"subscriptions/{template}.html", context), page=True)
    end_link = full(reverse("subscription_end", args=[row.token])) if row.confirmed_on else ""
    return letters.write(row.address, in_script(subject), text, html, end_link=end_link)


def confirmation(row: Subscription) -> Letter:
    """Write the letter that asks the owner of an address whether this is meant."""
    name = name_of(row)
    form = _("您已订阅：{name}") if row.confirmed_on else _("请确认订阅：{name}")
    return letter("_confirm", row, form.format(name=name), {"name": name})


def write_digests(day: date) -> int:
    """Write the digests of a day; return how many. Safe to run again and from two processes."""
    written = 0
    known: dict[tuple, list[Event]] = {}  # many addresses may ask the same
    due = Subscription.objects.filter(confirmed_on__isnull=False).exclude(told_on__gte=day)
    due = due.filter(told__lt=events.newest())
    for address, language in list(due.values_list("address", "language").distinct().order_by()):
        with translation.override(language), transaction.atomic():
            rows = due.filter(address=address, language=language).select_for_update()
            written += _write_digest(list(rows), day, known)
    return written


def _write_digest(rows: list[Subscription], day: date, known: dict[tuple, list[Event]]) -> int:
    until = events.horizon()
    parts = []
    for row in rows:
        asked_for = (row.kind, row.target, row.told, until)
        if asked_for not in known:
            known[asked_for] = news.news_of(row, row.told, until)
        if found := known[asked_for]:
            parts.append(Part(row, name_of(row), found))
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(told=until, told_on=day)
    if not parts:
        return 0
    _fill(parts)
    count = sum(len(part.found) for part in parts)
    subject = _("标准动态 {n} 条：{name}").format(n=count, name=parts[0].name)
    letter("_digest", parts[0].row, subject, {"parts": parts, "day": day, "count": count})
    return 1


def _fill(parts: Iterable[Part]) -> None:
    for part in parts:
        for event in part.found[:SHOWN]:
            changed = changes_of(event.words) if event.kind == Event.Kind.CHANGED else []
            part.lines.append((event, changed, full(event.get_absolute_url())))


def tick(day: date) -> list[str]:
    """Do what a day brings for subscribers and return it in sentences; safe to run again."""
    done = []
    if noted := events.note_days(day):
        done.append(_("今天起实施或废止的标准 {n} 项，已记入动态。").format(n=noted))
    try:
        write_digests(day)
    except OperationalError:  # a long import holds the table: the next run catches up
        done.append(_("标准正在成批导入，订阅邮件留待下次办理。"))
    sent, failed = letters.send()
    if sent or failed:
        form = _("已发出邮件 {sent} 封，未能发出 {failed} 封，稍后再发。")
        done.append(form.format(sent=sent, failed=failed))
    swept = subscriptions.sweep(day) + letters.sweep(timezone.now())
    if swept:
        done.append(_("已清理没有确认的订阅和发不出的邮件 {n} 条。").format(n=swept))
    return done
