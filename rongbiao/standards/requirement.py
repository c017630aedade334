"""Requirements (技术要求) of a standard: what an indicator is held against."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.texts.numbers import read_number

from .standard import Standard


class Requirement(Entered):
    """One requirement of one edition, with its clause; entered with a basis, never guessed."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="requirements")
    place = models.PositiveSmallIntegerField(_("顺序"), default=0)
    name = models.CharField(_("指标名称"), max_length=100)
    limit = models.CharField(_("指标值"), max_length=300)
    unit = models.CharField(_("单位"), max_length=40, blank=True)
    method = models.CharField(_("试验方法"), max_length=300, blank=True)
    clause = models.CharField(_("条款"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("技术要求")
        ordering = ["standard", "place"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "name"], name="standards_requirement_once")
        ]

    def __str__(self):
        return f"{self.name} {self.limit}{self.unit}"

    @property
    def mandatory(self) -> bool:
        """Whether it stands in a mandatory standard."""
        if self.standard.nature:
            return self.standard.nature == Standard.Nature.MANDATORY
        return bool(read_number(self.standard.number).mandatory)
