"""Units (单位): offices, districts, parks, enterprises, associations, universities."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rongbiao.texts.credit_codes import BadCreditCode, read_credit_code

from .region import Region


def check_credit_code(text: str) -> None:
    """Refuse a unified social credit code whose form or check digit is wrong."""
    try:
        read_credit_code(text)
    except BadCreditCode as bad:
        raise ValidationError(str(bad)) from bad


class Organization(models.Model):
    """A unit that can be named, can report and can be held to it."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("市直部门")
        DISTRICT = "district", _("县（市）区")
        PARK = "park", _("园区")
        ENTERPRISE = "enterprise", _("企业")
        ASSOCIATION = "association", _("社会团体")
        UNIVERSITY = "university", _("高等院校")
        INSTITUTE = "institute", _("科研院所")
        COLLECTIVE = "collective", _("集合名称")

    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=30, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    aliases = models.JSONField(_("别称"), default=list, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[check_credit_code],
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("所在区划")
    )
    # Where the unit's tile stands in the schematic grid of districts; not a map.
    row = models.PositiveSmallIntegerField(null=True, blank=True)
    column = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("单位")
        ordering = ["order", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("unit", args=[self.pk])

    @property
    def local(self) -> str:
        """The whole name, in English where the page is English and there is one."""
        return (get_language() == "en" and self.name_en) or self.name

    @property
    def label(self) -> str:
        """The name for narrow columns."""
        return self.short_name or self.name
