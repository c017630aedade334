"""Relations (标准之间的关系): kept in one direction, read in both.

Both ends are keys of numbers, not rows: a source may name an edition that this register
does not hold (yet), or cite a standard without its year. A page joins on the keys.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered


class Relation(Entered):
    """What one edition is to another: ``subject`` replaces, amends, cites … ``object``."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("代替")
        REPLACES_PART = "replaces-part", _("部分代替")
        AMENDS = "amends", _("修改")
        ADOPTS_IDT = "adopts-idt", _("等同采用")
        ADOPTS_MOD = "adopts-mod", _("修改采用")
        ADOPTS_NEQ = "adopts-neq", _("非等效采用")
        CITES = "cites", _("引用")
        CORRESPONDS = "corresponds", _("对应")
        COMPLEMENTS = "complements", _("配套")
        PART_OF = "part-of", _("属于")
        CONVERTS = "converts", _("转化自")
        EDITION = "edition", _("同一文件的其他版本")

    # The same fact said from its other end.
    REVERSE = {
        Kind.REPLACES: _("被代替"),
        Kind.REPLACES_PART: _("被部分代替"),
        Kind.AMENDS: _("被修改"),
        Kind.ADOPTS_IDT: _("被等同采用"),
        Kind.ADOPTS_MOD: _("被修改采用"),
        Kind.ADOPTS_NEQ: _("被非等效采用"),
        Kind.CITES: _("被引用"),
        Kind.CORRESPONDS: _("对应"),
        Kind.COMPLEMENTS: _("配套"),
        Kind.PART_OF: _("包含"),
        Kind.CONVERTS: _("转化为"),
        Kind.EDITION: _("同一文件的其他版本"),
    }

    kind = models.CharField(_("关系"), max_length=20, choices=Kind)
    subject = models.CharField(_("标准编号"), max_length=200)
    subject_key = models.CharField(max_length=200)
    object = models.CharField(_("相关标准编号"), max_length=200)
    object_key = models.CharField(max_length=200, db_index=True)
    dated = models.BooleanField(_("注日期"), default=True)
    since = models.DateField(_("起始日期"), null=True, blank=True)
    source = models.SlugField(_("来源"), max_length=40, default="table")

    class Meta:
        verbose_name = _("标准关系")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_key", "kind", "object_key"], name="standards_relation_once"
            )
        ]

    def __str__(self):
        return f"{self.subject} {self.get_kind_display()} {self.object}"

    @property
    def reverse_words(self):
        """How the relation reads from its object: 被代替, 被引用 …."""
        return self.REVERSE[self.Kind(self.kind)]
