"""Titles of codes (代码名称): what a publisher calls a committee or a class of its own."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered

COMMITTEE = re.compile(r"[A-Z][A-Za-z0-9_./ -]*")  # ISO/TC 176/SC 2, IEC/ISO JSyC BDC


class CodeTitle(Entered):
    """The title of one code, as the newest table of its publisher has it."""

    class Scheme(models.TextChoices):
        COMMITTEE = "committee", _("技术委员会")
        ICS = "ics", "ICS"

    scheme = models.CharField(max_length=20, choices=Scheme)
    code = models.CharField(_("代码"), max_length=60)  # ISO/TC 176/SC 2 or 03.120.10
    title_en = models.CharField(_("英文名称"), max_length=300)
    title_fr = models.CharField(_("法文名称"), max_length=300, blank=True, default="")
    source = models.SlugField(_("来源"), max_length=40)
    source_on = models.DateField(_("来源日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("代码名称")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="standards_code_title_once")
        ]

    def __str__(self):
        return f"{self.code} {self.title_en}"


def titled(owner: str) -> str:
    """Return an owner with its title, where it is the mere code of a committee that is known.

    One query, and none where it cannot be such a code.
    """
    if not COMMITTEE.fullmatch(owner):
        return owner
    found = CodeTitle.objects.filter(scheme=CodeTitle.Scheme.COMMITTEE, code=owner).first()
    return str(found) if found else owner
