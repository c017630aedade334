"""Claims (来源记载): what each source says where sources of one edition disagree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .standard import Standard


class Claim(models.Model):
    """One source's value of one column of one edition.

    Where two sources say different things every one of them has its row, the chosen one as
    well, so that the disagreement is shown whole. One row alone tells that this column comes
    from another source than the edition itself, which left it empty.
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="claims")
    field = models.CharField(_("栏目"), max_length=40)  # a column of Standard
    value = models.TextField(_("记载"), blank=True)  # days in ISO
    source = models.SlugField(_("来源"), max_length=40)
    source_on = models.DateField(_("来源日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("来源记载")
        ordering = ["standard", "field", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "field", "source"], name="standards_claim_once"
            )
        ]

    def __str__(self):
        return f"{self.source}：{self.field}＝{self.value}"
