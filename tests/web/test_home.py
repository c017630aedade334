"""The portal's first page: the register as it is today, also when a plan is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.bench_world import build
from tests.standards_desk import enter

pytestmark = pytest.mark.django_db


def test_a_plan_that_is_over_does_not_stop_the_register(client):
    plan = build(plans=1, assignments=24, quarters=1).newest
    today = timezone.localdate()
    assert plan.until < today
    since = today - timedelta(days=30)
    enter(
        "DB3501/T 12-2026",
        "海带育苗技术规程",
        issued_on=since,
        implemented_on=today,
        status="upcoming",
    )
    page = client.get(reverse("home"))
    ((row, state),) = page.context["newest"]
    assert (row.number, state.key) == ("DB3501/T 12-2026", "current")
    assert page.context["counts"]["municipal"] == 1
    before = client.get(reverse("home"), {"asof": plan.until.isoformat()})
    assert before.context["newest"] == []


def test_what_the_counts_lead_to_is_what_they_count(client):
    day = timezone.localdate() - timedelta(days=9)
    for number in ("DB3501/T 12-2026", "DB3501/T 13-2026", "DB4403/T 14-2026", "GB/T 15-2026"):
        enter(number, "海带", issued_on=day)
    page = client.get(reverse("home"))
    assert page.context["counts"]["municipal"] == len(page.context["newest"]) == 2
    link = f"{reverse('standards')}?level=municipal&region=350100"
    assert f'href="{link.replace("&", "&amp;")}"' in page.content.decode()
    assert client.get(link).context["found"].total == 2
