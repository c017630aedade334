"""Letters (待发邮件): written in the transaction of their cause, sent after it.

A letter is deleted once it is sent: no address and no text stays behind.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """One e-mail that waits to be sent."""

    address = models.EmailField(_("电子邮箱"), max_length=254)
    subject = models.CharField(_("标题"), max_length=300)
    text = models.TextField(_("正文"))
    html = models.TextField(_("网页正文"), blank=True)
    end_link = models.CharField(_("退订网址"), max_length=600, blank=True)
    number = models.CharField(max_length=40, unique=True)  # its Message-ID: the same when repeated
    made_at = models.DateTimeField(_("写成时间"), auto_now_add=True)
    claimed_at = models.DateTimeField(_("开始发送时间"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("发送次数"), default=0)

    class Meta:
        verbose_name = _("待发邮件")
        ordering = ["id"]

    def __str__(self):
        return f"{self.pk}：{self.subject}"
