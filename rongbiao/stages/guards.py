"""The usual guards (办理条件): a period has run, everything is answered, something was done."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Guard
from rongbiao.parties.refused import Refused


def elapsed(rule: str) -> Guard:
    """Return the guard that the period of this stage has run to the end of its last day."""

    def test(case: Case, day: date) -> None:
        last = case.end_of(rule).day
        if day <= last:
            of = case.procedure.law_words(rule, case.opened_on)
            raise Refused(
                _("“{stage}”期限至 {last} 24 时届满（{law}），届满前不能结束。").format(
                    stage=case.stage.name, last=last, law=of
                )
            )

    return Guard(name=gettext_lazy("期限届满"), test=test, rule=rule)


def within(rule: str) -> Guard:
    """Return the guard that the period of this stage still runs: to 24:00 of its last day."""

    def test(case: Case, day: date) -> None:
        if day > (last := case.due_on or case.end_of(rule).day):
            words = _("“{stage}”已于 {last} 24 时截止，逾期到达的意见不能登记。")
            raise Refused(words.format(stage=case.stage.name, last=last))

    return Guard(name=gettext_lazy("在期限内"), test=test, rule=rule)


def answered(about: str, by: tuple[str, ...], name: Any) -> Guard:
    """Return the guard that every entry of one action has an answer by one of others.

    What an officer withholds needs none, unless it was made public again.
    """
    words = Entry.objects.filter(about=OuterRef("pk"), action_key__in=("hide", "release"))
    last = Subquery(words.order_by("-seq").values("action_key")[:1])

    def test(case: Case, day: date) -> None:
        asked = case.entries.filter(action_key=about).annotate(last=last)
        asked = asked.filter(Q(last=None) | ~Q(last="hide"))
        open_ones = asked.exclude(answered__action_key__in=by)
        if left := open_ones.count():
            raise Refused(
                _("还有 {n} 条未处理，全部处理后才能继续（{name}）。").format(n=left, name=name)
            )

    return Guard(name=name, test=test)


def done(key: str, name: Any, why: Any) -> Guard:
    """Return the guard that an action was done in this round."""

    def test(case: Case, day: date) -> None:
        if not case.this_round(key).exists():
            raise Refused(str(why))

    return Guard(name=name, test=test)


def not_done(key: str, name: Any, why: Any) -> Guard:
    """Return the guard that an action was not done in this round."""

    def test(case: Case, day: date) -> None:
        if case.this_round(key).exists():
            raise Refused(str(why))

    return Guard(name=name, test=test)
