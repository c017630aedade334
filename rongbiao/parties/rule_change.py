"""Corrections of rules (规则更正): what an officer read in the source, in force without a release."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .entered import Entered


class RuleChange(Entered):
    """One value of one rule, from a day on; it joins the tables of law (``rules.table``)."""

    table = models.SlugField(_("规则表"), max_length=40)
    key = models.CharField(_("规则代号"), max_length=80)
    value = models.JSONField(_("取值"))
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    since = models.DateField(_("施行日期"))
    source = models.CharField(_("出处"), max_length=200)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    verified = models.BooleanField(_("已核对原文"), default=False)
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("规则更正")
        ordering = ["id"]

    def __str__(self):
        return f"{self.table}.{self.key}（{self.since}）"
