"""What is conferred on the city and its units (认定): pilots, bases, secretariats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization


class Recognition(Entered):
    """A pilot, an innovation base, a committee secretariat: what, who, since when."""

    class Kind(models.TextChoices):
        PILOT = "pilot", _("标准化试点（示范）")
        BASE = "base", _("技术标准创新基地")
        SECRETARIAT = "secretariat", _("标准化技术委员会秘书处")
        FOSTERED = "fostered", _("团体标准培优")

    class Level(models.TextChoices):
        NATIONAL = "national", _("国家级")
        PROVINCIAL = "provincial", _("省级")
        MUNICIPAL = "municipal", _("市级")

    class Field(models.TextChoices):
        AGRICULTURE = "agriculture", _("农业")
        INDUSTRY = "industry", _("工业")
        SERVICES = "services", _("服务业")
        SOCIAL = "social", _("社会公共服务")
        NONE = "", _("不分领域")

    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    level = models.CharField(_("级别"), max_length=20, choices=Level)
    field = models.CharField(_("领域"), max_length=20, choices=Field, blank=True)
    title = models.CharField(_("名称"), max_length=200)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="recognitions", verbose_name=_("承担单位")
    )
    approved_on = models.DateField(_("批准日期"), db_index=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    until = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("认定")
        ordering = ["-approved_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "title", "organization"], name="awards_recognition_once"
            )
        ]

    def __str__(self):
        return self.title
