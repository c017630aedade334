"""People (人员): who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Person(AbstractUser):
    """Somebody who signs in; what they may do comes from their posts, never from flags."""

    first_name = None  # type: ignore[assignment]  # one name, as people here have
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=50)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("人员")

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
