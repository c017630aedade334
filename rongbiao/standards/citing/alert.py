"""Alerts (标准变化告警): one change of one cited edition, told once; and how far the news was read."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Alert(models.Model):
    """What happened to an edition that registered documents cite.

    ``occasion`` tells one change from another: the same change may reach the register
    through several doors, and is told once.
    """

    class Kind(models.TextChoices):
        EDITION = "edition", _("新版本已发布")
        REPLACED = "replaced", _("已被代替")
        WITHDRAWN = "withdrawn", _("已废止")
        AMENDED = "amended", _("有修改单")
        CORRECTED = "corrected", _("内容更正")

    event = models.BigIntegerField()  # no foreign key: of the demonstration it goes away
    kind = models.CharField(_("变化"), max_length=12, choices=Kind)
    key = models.CharField(max_length=200)
    number = models.CharField(_("标准编号"), max_length=200)
    title = models.CharField(_("标准名称"), max_length=1000)
    by_key = models.CharField(max_length=200, blank=True)
    by_number = models.CharField(_("代替它的标准"), max_length=200, blank=True)
    since = models.DateField(_("自"), null=True, blank=True)  # from when the change holds
    occasion = models.CharField(max_length=240)
    day = models.DateField(_("告警日期"))
    at = models.DateTimeField(auto_now_add=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("标准变化告警")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "occasion"], name="standards_alert_once")
        ]

    def __str__(self):
        return f"{self.number} {self.get_kind_display()}"

    @property
    def words(self) -> str:
        """The change in one sentence, in the language of the reader."""
        forms = {
            self.Kind.EDITION: gettext("{number}的新版本{by}已发布，自{since}起实施。"),
            self.Kind.REPLACED: gettext("{number}自{since}起被{by}代替。"),
            self.Kind.WITHDRAWN: gettext("{number}自{since}起废止。"),
            self.Kind.AMENDED: gettext("{number}发布了修改单{by}，自{since}起实施。"),
            self.Kind.CORRECTED: gettext("{number}在名录中的内容有更正。"),
        }
        since = self.since or self.day
        by = self.by_number or gettext("其他标准")
        return forms[self.Kind(self.kind)].format(number=self.number, by=by, since=since)


class Watch(models.Model):
    """How far the news of standards was read for those who cite them; one row."""

    told = models.BigIntegerField()  # the last event

    class Meta:
        verbose_name = _("告警进度")

    def __str__(self):
        return str(self.told)
