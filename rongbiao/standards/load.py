"""Loads (导入): files of standards that came in, how far each has got, and what it said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Post


class Load(models.Model):
    """One file of standards on its way into the register.

    The row is the order, the progress and the record in one: whoever finds it waiting, or
    running without anybody at work on it, carries on after ``cursor``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待办理")
        READING = "reading", _("正在试读")
        READ = "read", _("已试读")
        ENTERING = "entering", _("正在登记")
        DONE = "done", _("已登记")
        REFUSED = "refused", _("未接收")

    class Aim(models.TextChoices):
        READ = "read", _("只试读")
        ENTER = "enter", _("登记")

    UNDER_WAY = (State.WAITING, State.READING, State.ENTERING)

    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    path = models.CharField(max_length=1000, blank=True)  # where the console's file lies
    file = models.ForeignKey(  # what was uploaded
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    place = models.CharField(max_length=24, db_index=True)  # where it is laid out, by its content
    format = models.CharField(_("格式"), max_length=20, blank=True)
    source = models.SlugField(_("来源"), max_length=40)  # a key of sources.toml
    source_on = models.DateField(_("来源日期"), null=True, blank=True)
    mapping = models.JSONField(_("列的对应"), default=dict, blank=True)  # heading: column
    headings = models.JSONField(default=list, blank=True)  # of a table: [heading, column]
    skip_refused = models.BooleanField(_("略过不能接收的行"), default=False)
    aim = models.CharField(max_length=10, choices=Aim, default=Aim.READ)
    state = models.CharField(_("进度"), max_length=10, choices=State, default=State.WAITING)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    basis_on = models.DateField(_("依据日期"), null=True, blank=True)
    actor = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    day = models.DateField(_("办理日期"))
    made_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    lines = models.PositiveBigIntegerField(_("行数"), default=0)
    progress = models.PositiveBigIntegerField(_("已办行数"), default=0)
    parts = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)  # parts entered
    counts = models.JSONField(_("结果"), default=dict, blank=True)
    refused = models.JSONField(_("不能接收"), default=list, blank=True)  # line, column, why
    why = models.CharField(_("原因"), max_length=500, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("标准导入")
        ordering = ["-id"]

    def __str__(self):
        return self.name

    @property
    def under_way(self) -> bool:
        """Whether somebody still has to do something about it without being asked."""
        return self.state in self.UNDER_WAY

    @property
    def percent(self) -> int:
        """How far it has got, from 0 to 100."""
        return min(100, self.progress * 100 // self.lines) if self.lines else 0


class Mapping(models.Model):
    """What a person said the headings of a source's tables mean; remembered for the next one."""

    source = models.SlugField(_("来源"), max_length=40)
    headings = models.CharField(max_length=64)  # the SHA-256 of the headings in order
    columns = models.JSONField(_("列的对应"), default=dict)  # heading: column of Standard
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("列的对应")
        constraints = [
            models.UniqueConstraint(fields=["source", "headings"], name="standards_mapping_once")
        ]

    def __str__(self):
        return f"{self.source}：{'、'.join(self.columns)}"
