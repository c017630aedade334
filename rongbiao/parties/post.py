"""Posts (任职): a person holds a role in a unit for a time, and acts in one post at a time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization
from .period import Period
from .person import Person


class Post(Period):
    """A person in a role in a unit (任职)."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("联席会议办公室经办人")
        REPORTER = "reporter", _("责任单位填报人")
        AGENT = "agent", _("单位经办人")
        EXPERT = "expert", _("标准化专家")
        LEADER = "leader", _("单位负责人")
        ADMINISTRATOR = "administrator", _("系统管理员")
        AUDITOR = "auditor", _("审计员")

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    role = models.CharField(_("职务"), max_length=20, choices=Role)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("任职")
        ordering = ["id"]

    def __str__(self):
        return f"{self.person}（{self.organization}）"

    @property
    def is_officer(self) -> bool:
        return self.role == self.Role.OFFICER

    @property
    def is_administrator(self) -> bool:
        return self.role == self.Role.ADMINISTRATOR


# Who acts for a unit in the unit's own matters.
HANDLERS = frozenset({Post.Role.REPORTER, Post.Role.LEADER, Post.Role.AGENT})
