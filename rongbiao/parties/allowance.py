"""Allowances (限次): how often something may be done in a time, counted exactly."""

from datetime import UTC, datetime

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone


class Allowance(models.Model):
    """How often one key was used in one window of time."""

    key = models.CharField(max_length=200)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "限次"
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="parties_allowance_once")
        ]

    def __str__(self):
        return f"{self.key}：{self.used}"


def spend(key: str, *, limit: int, seconds: int) -> bool:
    """Use one of ``limit`` uses of a key in the present window; tell whether one was left.

    One upsert in the database, so that workers and processes count together.
    """
    window = int(timezone.now().timestamp()) // seconds
    with transaction.atomic():
        Allowance.objects.bulk_create(
            [Allowance(key=key[:200], window=window, ends_at=_end(window, seconds))],
            ignore_conflicts=True,
        )
        left = Allowance.objects.filter(key=key[:200], window=window, used__lt=limit)
        return left.update(used=F("used") + 1) == 1


def give_back(key: str, *, seconds: int) -> None:
    """Return one use of a key in the present window, because it did no harm after all."""
    window = int(timezone.now().timestamp()) // seconds
    spent = Allowance.objects.filter(key=key[:200], window=window, used__gt=0)
    spent.update(used=F("used") - 1)


def sweep(moment: datetime) -> int:
    """Forget the windows that have ended by a moment; return how many."""
    gone, _each = Allowance.objects.filter(ends_at__lte=moment).delete()
    return gone


def _end(window: int, seconds: int) -> datetime:
    """Return when a window ends; one beyond the calendar never does."""
    try:
        return datetime.fromtimestamp((window + 1) * seconds, UTC)
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=UTC)
