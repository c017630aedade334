"""Standards (标准): one row is one edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization


class Standard(Entered):
    """One edition of one standard."""

    class Level(models.TextChoices):
        INTERNATIONAL = "international", _("国际标准")
        NATIONAL = "national", _("国家标准")
        SECTOR = "sector", _("行业标准")
        PROVINCIAL = "provincial", _("省级地方标准")
        MUNICIPAL = "municipal", _("市级地方标准")
        GROUP = "group", _("团体标准")

    number = models.CharField(_("标准编号"), max_length=60, unique=True)
    title = models.CharField(_("标准名称"), max_length=300)
    level = models.CharField(_("层级"), max_length=20, choices=Level)
    planned_on = models.DateField(_("立项下达日期"), null=True, blank=True)
    issued_on = models.DateField(_("发布日期"))
    implemented_on = models.DateField(_("实施日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("废止日期"), null=True, blank=True)
    publisher = models.CharField(_("发布机构"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("标准")
        ordering = ["-issued_on", "number"]
        indexes = [models.Index(fields=["level", "issued_on"])]

    def __str__(self):
        return f"{self.number} {self.title}"


class Participation(models.Model):
    """A unit's part in making a standard; its place in the list decides the part."""

    class Part(models.TextChoices):
        LEAD = "lead", _("主导")
        JOIN = "join", _("参与")

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="participations")
    place = models.PositiveSmallIntegerField(_("起草单位排序"))
    part = models.CharField(_("参与程度"), max_length=10, choices=Part)

    class Meta:
        verbose_name = _("起草单位")
        ordering = ["standard", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "organization"], name="standards_participation_once"
            )
        ]

    def __str__(self):
        return f"{self.organization}（{self.get_part_display()}）"
