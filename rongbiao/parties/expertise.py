"""Expertise (专长): what an expert's post rests on: fields, title, proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.texts import classes

from .entered import Entered
from .post import Post


class Expertise(Entered):
    """The fields of an expert, by ICS and CCS, with the title and the proof of both."""

    class Rank(models.TextChoices):
        SENIOR = "senior", _("正高级")
        ASSOCIATE = "associate", _("副高级")
        MIDDLE = "middle", _("中级")
        OTHER = "other", _("其他")

    post = models.OneToOneField(Post, models.CASCADE, related_name="expertise")
    # Codes by spaces, as a standard carries them.
    ics = models.CharField(_("国际标准分类号（ICS）"), max_length=200, blank=True)
    ccs = models.CharField(_("中国标准分类号（CCS）"), max_length=120, blank=True)
    title = models.CharField(_("职称"), max_length=60)
    rank = models.CharField(_("职称等级"), max_length=10, choices=Rank)
    proof = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证明材料")
    )

    class Meta:
        verbose_name = _("专长")
        ordering = ["post"]

    def __str__(self):
        return f"{self.post}：{' '.join(self.codes)}"

    @property
    def codes(self) -> list[str]:
        """The codes of the fields, ICS first."""
        return [*self.ics.split(), *self.ccs.split()]

    def covers(self, code: str) -> bool:
        """Tell whether a class is one of the fields, beneath one, or above one.

        Who is entered for 67.140 reviews 67.140.10; who is asked for 67 is found under
        67.140.
        """
        code = code.strip().upper()
        return any(own in _over(code) or code in _over(own) for own in self.codes)


def _over(code: str) -> set[str]:
    """Return a code and the codes of the classes above it."""
    return {code, *(one.code for one in classes.within(code))}
