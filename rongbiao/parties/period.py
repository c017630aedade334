"""What holds for a period: from ``since`` to ``until``, both days included."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):
    """Rows that hold for a period."""

    def on(self, day: date):
        """Return the rows in force on a day."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))


class Period(models.Model):
    """A row that holds from one day to another; no ``until`` means still."""

    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Tell whether the row is in force on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
