"""Draws (抽取): a frozen list, a seed committed before and revealed after, who was drawn."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .post import Post


class Draw(models.Model):
    """One drawing of lots. What is frozen and what was drawn never changes afterwards."""

    class State(models.TextChoices):
        FROZEN = "frozen", _("名单已冻结")
        DRAWN = "drawn", _("已抽取")
        REPEATED = "repeated", _("已重新抽取")

    number = models.CharField(_("抽取编号"), max_length=20, unique=True)
    purpose = models.CharField(_("用途"), max_length=100)
    basis = models.CharField(_("办件编号或依据"), max_length=100, db_index=True)
    turn = models.PositiveSmallIntegerField(_("第几次抽取"), default=1)
    replaces = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="repeated_by"
    )
    reason = models.CharField(_("重新抽取的理由"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.FROZEN)
    asked = models.JSONField(_("抽取条件"), default=dict)  # as it was asked, to ask again
    head = models.JSONField(_("名单抬头"), default=dict)  # what the digest covers with the lots
    lots = models.JSONField(_("候选名单"), default=list)
    # Why each is out, in whole sentences; only inside the office: {"post:7": ["…"]}.
    grounds = models.JSONField(_("排除的具体理由"), default=dict)
    digest = models.CharField(_("名单摘要"), max_length=64)
    commitment = models.CharField(_("种子承诺"), max_length=64)
    sealed = models.TextField(_("密封的种子"))
    seed = models.CharField(_("种子"), max_length=64, blank=True)  # nothing until it is revealed
    witness = models.CharField(_("监督人报数"), max_length=60, blank=True)
    drawn = models.JSONField(_("抽中"), default=list)  # [{"post": 7, "name": …, "unit": …}]
    reserves = models.JSONField(_("备选"), default=list)
    absences = models.JSONField(_("缺席和补抽"), default=list)
    seated = models.JSONField(_("到会"), default=list)  # drawn, with absences made good
    frozen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    frozen_on = models.DateField(_("冻结日期"))
    frozen_at = models.DateTimeField(_("冻结时间"))
    revealed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    revealed_on = models.DateField(_("抽取日期"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("抽取")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "purpose", "turn"], name="parties_draw_turn_once"
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("draw", args=[self.number])
