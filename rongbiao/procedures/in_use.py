"""In use (实施情况): what the desk knows of how a standard of this city is carried out.

Nothing of it has a table of its own: it is counted from the chained journal of the cases in
which implementation is recorded and feedback answered, so that each figure can be recounted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Guard
from rongbiao.parties.refused import Refused
from rongbiao.stages.reading import unseen
from rongbiao.standards.citing import registering
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import own_code
from rongbiao.standards.status import ENDED, STATUS, status_on

IMPLEMENTATION, FEEDBACK, REVIEW = "implementation", "feedback", "local_standard_review"
PUBLICIZED, USED = "publicize", "adopt"  # what is recorded while a standard is carried out
ANSWER = "answer"  # the stage at which feedback is answered
TAKEN_UP = "review"  # the answer that takes feedback up in a review


def begun(day: date) -> QuerySet[Standard]:
    """Return the local standards of this city that are implemented and in force on a day."""
    return Standard.objects.own().in_force(day).exclude(status__in=[*ENDED, STATUS.PROJECT])


def is_own(row: Standard | None) -> bool:
    """Tell whether an edition is a local standard of this city."""
    own = own_code()
    return bool(row and row.level == Standard.Level.MUNICIPAL and row.key.startswith(own))


def in_force(row: Standard | None, day: date) -> bool:
    """Tell whether an edition is a local standard of this city that is in force on a day."""
    return bool(row and is_own(row) and status_on(row, day) == STATUS.CURRENT)


def _ask_in_force(case: Case, day: date) -> None:
    row = case.standard
    if row is None or not is_own(row):
        raise Refused(
            _("{number}不是本市的地方标准，实施情况不在这里办理；请向发布机构反映。").format(
                number=row.shown if row else _("所涉标准")
            )
        )
    if in_force(row, day):
        return
    state = STATUS(status_on(row, day) or STATUS.PROJECT).label
    when = row.withdrawn_on if row.withdrawn_on and row.withdrawn_on <= day else None
    since = _("（{day}起）").format(day=when) if when else ""
    raise Refused(
        _("{number}在 {day} 的状态是“{state}”{since}，只办理现行标准的实施和反馈。").format(
            number=row.shown, day=day, state=state, since=since
        )
    )


IN_FORCE = Guard(name=gettext_lazy("所涉标准是本市现行地方标准"), test=_ask_in_force)


def running_review(row: Standard | None) -> Case | None:
    """Return the review of an edition that is under way, if there is one."""
    rows = Case.objects.filter(procedure_key=REVIEW, standard=row, closed_on=None)
    return rows.order_by("pk").first() if row else None


def _ask_no_review(case: Case, day: date) -> None:
    if other := running_review(case.standard):
        raise Refused(
            _("{number}的复审（{case}）正在办理，不能重复提请；有关情况请在该件中反映。").format(
                number=case.standard.shown if case.standard else "", case=other.number
            )
        )


NO_REVIEW = Guard(name=gettext_lazy("没有正在办理的复审"), test=_ask_no_review)


@dataclass(frozen=True)
class Figures:
    """How an edition is carried out, in figures."""

    publicized: int  # times
    people: int  # who came to that
    users: int  # units recorded as using it
    told: int  # pieces of feedback
    answered: int
    taken_up: int  # of them, in a review

    def __bool__(self) -> bool:
        return bool(self.publicized or self.users or self.told)


def figures(row: Standard) -> Figures:
    """Count the records and the feedback of an edition, by one query.

    What an officer withheld is not counted; a unit recorded twice counts once.
    """
    rows = Entry.objects.filter(
        case__standard=row, case__procedure_key__in=(IMPLEMENTATION, FEEDBACK)
    ).exclude(unseen())
    held, used = Q(action_key=PUBLICIZED), Q(action_key=USED)
    fed = Q(case__procedure_key=FEEDBACK, action_key="submit")
    answered = fed & Q(stage_key=ANSWER)
    counted: dict[str, Any] = rows.aggregate(
        publicized=Count("pk", filter=held),
        people=Sum(Cast(KT("answers__people"), IntegerField()), filter=held),
        users=Count(KT("answers__unit"), filter=used, distinct=True),
        told=Count("pk", filter=fed & ~Q(stage_key=ANSWER)),
        answered=Count("pk", filter=answered),
        taken_up=Count("pk", filter=answered & Q(answers__result=TAKEN_UP)),
    )
    return Figures(**{name: n or 0 for name, n in counted.items()})


def citing(row: Standard) -> int:
    """Return how many registered documents cite an edition (谁引用、谁负责)."""
    return int(registering.citing(row).values("document").distinct().count())


def facts(row: Standard | None) -> list[tuple[Any, str]]:
    """Return what is counted of an edition, as label and words, for whoever judges it."""
    if row is None:
        return []
    n = figures(row)
    return [
        (gettext_lazy("宣贯"), _("{n} 次，{people} 人次").format(n=n.publicized, people=n.people)),
        (gettext_lazy("登记的使用单位"), _("{n} 家").format(n=n.users)),
        (
            gettext_lazy("实施反馈"),
            _("{n} 条，已答复 {answered} 条，其中纳入复审 {taken} 条").format(
                n=n.told, answered=n.answered, taken=n.taken_up
            ),
        ),
        (gettext_lazy("登记的引用文件"), _("{n} 份").format(n=citing(row))),
    ]


def in_words(row: Standard | None) -> str:
    """Return the same in one sentence, as the journal keeps what was counted on the day."""
    return _("；").join(f"{label} {words}" for label, words in facts(row))
