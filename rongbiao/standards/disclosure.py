"""Disclosures (团体标准公开信息): what an association says of a group standard besides its text.

The issuing document, and whether patents are known (团体标准管理规定, 专利和自我声明公开 of
group standards); who declares answers for its truth.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered

from .association import Association
from .declaration import Declaration
from .standard import Standard


class Disclosure(Entered):
    """What was made public of one group standard."""

    class Patents(models.TextChoices):
        NONE = "none", _("未发现涉及专利")
        DISCLOSED = "disclosed", _("涉及专利，已披露")

    standard = models.OneToOneField(Standard, models.PROTECT, related_name="disclosure")
    association = models.ForeignKey(Association, models.PROTECT, related_name="disclosures")
    declaration = models.OneToOneField(Declaration, models.PROTECT, related_name="disclosure")
    document = models.CharField(_("发布文件"), max_length=120)
    patents = models.CharField(_("涉及专利情况"), max_length=20, choices=Patents)
    patent_words = models.TextField(_("专利信息"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("团体标准公开信息")
        ordering = ["-basis_on", "-id"]

    def __str__(self) -> str:
        return str(self.standard)
