"""What every line of a register carries: the basis on which it was entered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entered(models.Model):
    """A register line with its basis (依据): a case or document number and its day."""

    basis = models.CharField(_("依据"), max_length=200)
    basis_on = models.DateField(_("依据日期"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        abstract = True
