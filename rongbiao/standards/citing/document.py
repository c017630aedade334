"""Citing documents (引用文件): papers that cite standards, each with the body that answers for it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization, Post


class CitingDocument(Entered):
    """One paper of one body; its basis is its own number and day.

    Registered when it has been read; it counts from ``confirmed_on`` to ``ended_on``, the
    day on which the body repealed it or took it out of the register.
    """

    class Kind(models.TextChoices):
        NORMATIVE = "normative", _("规范性文件")
        TENDER = "tender", _("招标文件")
        CONTRACT = "contract", _("合同")
        ENTERPRISE = "enterprise", _("企业标准文本")
        PILOT = "pilot", _("试点项目")

    OPEN = (Kind.NORMATIVE,)  # public unless the body says otherwise

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="citing_documents", verbose_name=_("引用单位")
    )
    kind = models.CharField(_("文件种类"), max_length=20, choices=Kind)
    title = models.CharField(_("文件名称"), max_length=300)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    public = models.BooleanField(_("公开"), default=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("文件"))
    registered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    registered_on = models.DateField(_("登记日期"))
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    ended_on = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("引用文件")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("citing_document", args=[self.pk])
