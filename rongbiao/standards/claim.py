"""Claims (来源记载): what each source says where sources of one edition disagree."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sources import CITY
from .standard import Standard

LONGEST_CLAIM = 1000  # characters


class Claim(models.Model):
    """One source's value of one column of one edition.

    Where two sources say different things every one of them has its row, the chosen one as
    well, so that the disagreement is shown whole. One row alone tells that this column comes
    from another source than the edition itself, which left it empty.
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="claims")
    field = models.CharField(_("栏目"), max_length=40)  # a column of Standard
    value = models.TextField(_("记载"), blank=True)  # days in ISO
    source = models.SlugField(_("来源"), max_length=40)
    source_on = models.DateField(_("来源日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("来源记载")
        ordering = ["standard", "field", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "field", "source"], name="standards_claim_once"
            )
        ]

    def __str__(self):
        return f"{self.source}：{self.field}＝{self.value}"


def keep_claims(row: Standard, changes: Mapping[str, tuple[Any, Any]], day: date) -> None:
    """Keep what the other source says beside what the city says now.

    A column belongs to the source of its claim; so the city's word has a claim wherever
    the edition came from somebody else. An empty value says nothing.
    """
    for name, (was, now) in changes.items():
        claims = row.claims.filter(field=name)
        if row.source == CITY and not claims.exists():
            continue
        if was and row.source != CITY and not claims.exists():
            Claim.objects.create(
                standard=row,
                field=name,
                value=str(said_as(was))[:LONGEST_CLAIM],
                source=row.source,
                source_on=row.source_on,
            )
        said = {"value": str(said_as(now))[:LONGEST_CLAIM], "source_on": day}
        Claim.objects.update_or_create(standard=row, field=name, source=CITY, defaults=said)
        values = list(claims.values_list("value", flat=True))
        if len(values) > 1 and len(set(values)) == 1:  # nobody disagrees any more
            claims.delete()


def said_as(value: Any) -> Any:
    """Return a value as a claim or the journal keeps it: days in ISO, nothing for None."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
