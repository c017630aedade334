"""Fostering (团体标准培优): the criteria of one year, published before anybody applies.

Once published they never change: their digest stands on the page, and an application is
scored by them alone.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered


class Fostering(Entered):
    """One year's selection: when one may apply, how many are taken, from what score on."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    title = models.CharField(_("名称"), max_length=150)
    opens_on = models.DateField(_("申报开始"))
    closes_on = models.DateField(_("申报截止"))
    least = models.DecimalField(_("入选最低分"), max_digits=5, decimal_places=2)
    places = models.PositiveSmallIntegerField(_("入选名额"))
    digest = models.CharField(_("条件摘要（SHA-256）"), max_length=64)

    class Meta:
        verbose_name = _("团体标准培优")
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.title

    def open_on(self, day: date) -> bool:
        """Tell whether one may apply on a day."""
        return self.opens_on <= day <= self.closes_on


class Criterion(models.Model):
    """One criterion of a year's selection with its weight in hundredths."""

    fostering = models.ForeignKey(Fostering, models.PROTECT, related_name="criteria")
    place = models.PositiveSmallIntegerField(_("顺序"))
    name = models.CharField(_("评审条件"), max_length=100)
    weight = models.PositiveSmallIntegerField(_("权重（%）"))
    words = models.CharField(_("评分说明"), max_length=500, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("培优条件")
        ordering = ["fostering", "place"]
        constraints = [
            models.UniqueConstraint(fields=["fostering", "place"], name="awards_criterion_place")
        ]

    def __str__(self) -> str:
        return self.name


def digest_of(criteria: list[dict[str, Any]], *terms: object) -> str:
    """Return the SHA-256 of criteria and terms: what was published can be told from what is shown."""
    told = json.dumps([criteria, *map(str, terms)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def weighed(scores: list[tuple[int, Decimal]]) -> Decimal:
    """Return the score of (weight in hundredths, score out of 100) with two decimals.

    >>> weighed([(60, Decimal(80)), (40, Decimal(90))])
    Decimal('84.00')
    """
    total = sum((Decimal(weight) * score for weight, score in scores), Decimal(0))
    return (total / 100).quantize(Decimal("0.01"))
