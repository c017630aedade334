"""Removing the demonstration whole: from the top of the dependencies down, in one transaction."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from rongbiao.archive.models import File
from rongbiao.awards.models import (
    Criterion,
    Fostering,
    Leader,
    LeaderApplication,
    LeaderList,
    LeaderPlan,
    NationalLeader,
    Recognition,
    StandingLoss,
)
from rongbiao.cases.models import (
    Agreement,
    Attachment,
    Case,
    Checkpoint,
    Entry,
    Head,
    Message,
    Personal,
    Seat,
)
from rongbiao.parties.models import (
    Act,
    DayChange,
    Draw,
    Expertise,
    Membership,
    Organization,
    Person,
    Post,
    RuleChange,
    Serial,
    Tie,
)
from rongbiao.standards.change import changed
from rongbiao.standards.models import (
    Alert,
    Association,
    Campaign,
    CitingDocument,
    Declaration,
    Disclosure,
    Duty,
    Event,
    Fingerprint,
    Gap,
    Indicator,
    Inspection,
    Load,
    Precheck,
    Relation,
    Requirement,
    Standard,
    Statement,
    Watch,
)
from rongbiao.strategy import assignments
from rongbiao.strategy.models import (
    Assignment,
    Charge,
    CoursePoint,
    Decision,
    Evidence,
    Plan,
    Reading,
    Report,
    Step,
)

CASES: tuple[Any, ...] = (
    Message, Attachment, Agreement, Personal, Seat, Entry, Case, Checkpoint, Head,
)  # fmt: skip
# From what leans on others to what others lean on.
ORDER: tuple[Any, ...] = (
    Leader,
    LeaderList,
    LeaderApplication,
    LeaderPlan,
    StandingLoss,
    NationalLeader,
    Inspection,
    Campaign,
    Duty,
    Alert,
    CitingDocument,
    Evidence,
    Report,
    CoursePoint,
    Step,
    Charge,
    Decision,
    Membership,
    Assignment,
    Plan,
    Reading,
    Load,
    Relation,
    Precheck,
    Indicator,
    Statement,
    Requirement,
    Fingerprint,
    Disclosure,
    Gap,
    Standard,
    Declaration,
    Association,
    Criterion,
    Fostering,
    Recognition,
    RuleChange,
    DayChange,
    Act,
    Tie,
    Expertise,
    Draw,
    Serial,
    Post,
    Person,
    Organization,
    File,
)


class Leaning(Exception):
    """Something real leans on the demonstration; the message names it."""


@transaction.atomic
def remove() -> dict[str, int]:
    """Delete every demonstration row; return how many of each kind went.

    Raises Leaning, and deletes nothing, when a real row leans on a demonstration row.
    """
    removed = _remove_cases()
    paths = []
    for model in ORDER:
        rows = model.objects.filter(demonstration=True)
        if model is File:
            paths = [file.content.name for file in rows]
        if model is Assignment:
            for plan in Plan.objects.filter(demonstration=False):
                assignments.settle(plan, day=timezone.localdate())
        count = rows.count()
        if not count:
            continue
        if model is Standard:
            changed(rows.values_list("pk", flat=True))
            Event.objects.filter(key__in=rows.values("key")).delete()
        if model is Declaration:
            rows.update(replaced_by=None)  # of the same enterprise, so all of them go
        try:
            rows.delete()
        except ProtectedError as protected:
            first = next(iter(protected.protected_objects))
            name = first._meta.verbose_name
            raise Leaning(
                f"不能撤除：{name}“{first}”不是演示数据，但依赖演示的{model._meta.verbose_name}。"
                "请先由经办人处理它。"
            ) from protected
        removed[str(model._meta.verbose_name)] = count
    if not CitingDocument.objects.exists():
        Watch.objects.all().delete()  # the first document to come begins it anew
    transaction.on_commit(lambda: _empty(paths))
    return removed


def _remove_cases() -> dict[str, int]:
    """Delete the demonstration's dossiers, which lean on each other in circles.

    Each kind goes in one statement; the database checks the whole at the end.
    """
    removed = {}
    Case.objects.filter(demonstration=True).update(entered=None)
    for model in CASES:
        rows = model.objects.filter(demonstration=True)
        if count := rows._raw_delete(rows.db):  # noqa: SLF001  Django offers no other way
            removed[str(model._meta.verbose_name)] = count
    return removed


def _empty(paths: list[str]) -> None:
    """Take the content of removed files off the disk, unless another file has the same."""
    storage = File._meta.get_field("content").storage
    for path in paths:
        if not File.objects.filter(content=path).exists():
            storage.delete(path)
