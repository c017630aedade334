"""Serials (顺序号): taken one by one, never twice, never given back."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Serial(models.Model):
    """How far one row of numbers has been taken."""

    key = models.CharField(_("号段"), max_length=60, unique=True)
    last = models.PositiveIntegerField(_("已取到"), default=0)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("顺序号")

    def __str__(self):
        return f"{self.key}：{self.last}"


@transaction.atomic
def take(key: str, above: int = 0, *, demonstration: bool = False) -> int:
    """Return the next number of a row, above a number that is in use already.

    The row is locked until the caller's transaction ends: if that fails, nothing was taken.
    The demonstration counts in rows of its own, which go with it.
    """
    key = f"demo:{key}" if demonstration else key
    made = Serial(key=key, demonstration=demonstration)
    Serial.objects.bulk_create([made], ignore_conflicts=True)
    row = Serial.objects.select_for_update().get(key=key)
    row.last = max(row.last, above) + 1
    row.save(update_fields=["last"])
    return row.last
