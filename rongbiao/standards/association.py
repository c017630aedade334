"""Associations (社会团体) that make group standards: confirmed by the office, one line each."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization


class Association(Entered):
    """An association that may make group standards, and the letters of its standards."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="association", verbose_name=_("社会团体")
    )
    code = models.CharField(_("团体代号"), max_length=20, unique=True)  # what follows “T/”
    scope = models.TextField(_("章程规定的业务范围"), max_length=2000)
    department = models.CharField(_("标准化工作机构"), max_length=120)
    head = models.CharField(_("标准化工作负责人"), max_length=50)
    rules = models.ForeignKey(
        File, models.PROTECT, verbose_name=_("团体标准制定程序文件"), related_name="+"
    )
    confirmed_on = models.DateField(_("核实日期"))

    class Meta:
        verbose_name = _("团体标准组织")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.organization}（T/{self.code}）"

    def get_absolute_url(self) -> str:
        return reverse("association", args=[self.code])
