"""Tasks (任务): what a clause orders."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .plan import Clause, Plan


class Task(models.Model):
    """One task or safeguard of a plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    clause = models.OneToOneField(Clause, models.CASCADE, related_name="task")
    number = models.CharField(_("序号"), max_length=20)
    key = models.SlugField(_("代号"), max_length=20)  # "11", "s2": what addresses show
    title = models.CharField(_("名称"), max_length=300)
    title_en = models.CharField(_("英文名称"), max_length=300, blank=True)
    block = models.CharField(_("板块"), max_length=200, blank=True)
    due = models.CharField(_("文件所写时限"), max_length=60, blank=True)  # in the paper's own words
    safeguard = models.BooleanField(_("保障措施"), default=False)
    place = models.PositiveIntegerField(_("顺序"))

    class Meta:
        verbose_name = _("任务")
        ordering = ["plan", "place"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="strategy_task_key")]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("task", args=[self.plan.key, self.key])

    @property
    def label(self) -> str:
        """The title in the language of the page."""
        return (get_language() == "en" and self.title_en) or self.title
