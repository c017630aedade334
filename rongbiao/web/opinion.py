"""The Opinion (意见全文): every clause with its place, its units, its task and its targets."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rongbiao.strategy.models import Clause, Plan, Target
from rongbiao.web.doors import published


@dataclass
class Part:
    """A clause as the page shows it."""

    clause: Clause
    depth: int
    words: SafeString
    targets: list[Target]
    repairs: list[dict] = field(default_factory=list)


def marked(clause: Clause, targets: list[Target]) -> SafeString:
    """Return a clause's paragraphs with each target's words marked and linked in place."""
    text = str(escape(clause.text))
    for target in targets:
        words = str(escape(target.name))
        number = f"{target.value.normalize():f}"
        at = text.find(words)
        if at < 0:
            at = text.find(f"{number}{target.unit}")
            words = f"{number}{target.unit}"
        if at < 0:
            continue
        link = format_html(
            '<mark id="t-{}"><a href="{}">{}</a></mark>',
            target.key,
            target.get_absolute_url(),
            mark_safe(words),  # noqa: S308 — escaped above
        )
        text = text[:at] + link + text[at + len(words) :]
    lines = [line for line in str(text).split("\n") if line.strip()]
    return mark_safe("".join(f"<p>{line}</p>" for line in lines))  # noqa: S308 — escaped above


def parts_of(plan: Plan) -> list[Part]:
    """Return the clauses of a plan in their order, each with its targets and repairs."""
    targets: dict[int | None, list[Target]] = {}
    for target in plan.targets.all():
        target.plan = plan
        targets.setdefault(target.clause_id, []).append(target)
    repairs = plan.reading.outcome.get("repairs", [])
    clauses = list(plan.clauses.select_related("task").prefetch_related("task__charges"))
    stops = [*(clause.start for clause in clauses[1:]), len(plan.reading.text)]
    found = []
    for clause, stop in zip(clauses, stops, strict=True):
        mine = targets.get(clause.pk, [])
        inside = [r for r in repairs if clause.start <= r["start"] < min(stop, clause.end)]
        if hasattr(clause, "task"):
            clause.task.plan = plan
        found.append(Part(clause, len(clause.path), marked(clause, mine), mine, inside))
    return found


@published
def page(request: HttpRequest, plan: str) -> HttpResponse:
    """Show a policy whole; ``?original=1`` sets the text as received beside it."""
    found = get_object_or_404(Plan.objects.select_related("reading__file"), key=plan)
    context = {
        "plan": found,
        "parts": parts_of(found),
        "doubts": _settled(found),
        "original": bool(request.GET.get("original")),
        "day": timezone.localdate(),
    }
    return render(request, "opinion/page.html", context)


def _settled(plan: Plan) -> list[tuple[dict, dict | None]]:
    """Return every doubt of the reading with what a person made of it."""
    said = {row["doubt"]: row for row in plan.reading.confirmed}
    return [(doubt, said.get(n)) for n, doubt in enumerate(plan.reading.outcome["doubts"])]


@published
def plans_page(request: HttpRequest) -> HttpResponse:
    """Show the generations of plans."""
    plans = Plan.objects.all()
    return render(request, "opinion/plans.html", {"plans": plans, "day": timezone.localdate()})
