"""Choices (选项): long lists to choose from, under headings, without what cannot be chosen."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.forms.models import ModelChoiceIterator

from rongbiao.parties.models import Organization
from rongbiao.strategy.models import Plan, Target, Task
from rongbiao.web.templatetags.rb import local, numbered

KINDS = Organization.Kind
# Who can be charged with a task, in the order of the list; an enterprise answers to nobody
# here, and a collective name is no one who could report.
CHARGEABLE = (
    KINDS.BUREAU,
    KINDS.DISTRICT,
    KINDS.PARK,
    KINDS.ASSOCIATION,
    KINDS.UNIVERSITY,
    KINDS.INSTITUTE,
)


class Headed(ModelChoiceIterator):
    """The rows of a field under the headings that it names."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the empty choice, then each heading with its rows."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for heading, rows in groupby(self.queryset.all(), key=self.field.heading):
            yield (heading, [self.choice(row) for row in rows])


class HeadedChoice(forms.ModelChoiceField):
    """A choice of rows under headings; ``heading`` gives a row's."""

    iterator = Headed

    def __init__(self, heading: Callable[[Any], Any], **options: Any) -> None:
        self.heading = heading
        super().__init__(Organization.objects.none(), **options)

    def label_from_instance(self, row: Any) -> str:
        """Return a row's name in the language of the page, a task's with its number."""
        return f"{numbered(row)} {local(row)}" if isinstance(row, Task) else local(row)


def chargeable() -> QuerySet:
    """Return the units that can be charged, kind by kind."""
    place = Case(*(When(kind=kind, then=Value(n)) for n, kind in enumerate(CHARGEABLE)))
    return Organization.objects.filter(kind__in=CHARGEABLE).order_by(place, "order", "pk")


def tasks_of(plan: Plan | None) -> QuerySet:
    """Return the tasks of a plan in the order of the paper, with the plan for their heading."""
    return Task.objects.filter(plan=plan).select_related("plan").order_by("place")


def targets_of(plan: Plan | None) -> QuerySet:
    """Return the targets of a plan in the order of the paper."""
    return Target.objects.filter(plan=plan).select_related("plan").order_by("place")
