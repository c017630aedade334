"""Standards (标准): one row is one edition."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization

from .numbering import own_code

YEAR = re.compile(r"-(?=\d{4}(?:$|[(/]))")  # the dash before a year


# Levels at which it counts who published. One by one: SQLite finds an index with a condition by
# such terms, but not by one list of parameters.
PUBLISHED = (
    Q(level="national")
    | Q(level="sector")
    | Q(level="provincial")
    | Q(level="municipal")
    | Q(level="group")
)


class StandardQuerySet(models.QuerySet):
    """Editions of standards."""

    def in_force(self, day: date):
        """Return the editions implemented on or before a day and not withdrawn by then."""
        begun = Q(implemented_on__lte=day) | Q(implemented_on=None, issued_on__lte=day)
        return self.filter(begun).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))

    def of_the_city(self, *, published: bool = False):
        """Return the editions that a unit of this city took part in drafting.

        With ``published`` also those of certain levels (``PUBLISHED``) whose publisher bears the name of
        a unit of this city. Both are found by an index, and few among millions.
        """
        taking_part = Participation.objects.filter(organization__isnull=False)
        found = taking_part.order_by().values("standard")
        if published:
            names = Organization.objects.values("name")
            issued = Standard.objects.filter(PUBLISHED, publisher__in=names)
            found = found.union(issued.order_by().values("pk"))
        return self.filter(pk__in=found)

    def led_by_the_city(self):
        """Return the editions whose first drafting unit is one of this city."""
        first = Participation.objects.filter(
            organization__isnull=False, part=Participation.Part.LEAD
        )
        return self.filter(pk__in=first.values("standard"))

    def own(self):
        """Return the local standards of this city; a register may hold those of others, too."""
        return self.filter(level=Standard.Level.MUNICIPAL, key__startswith=own_code())

    def newest(self):
        """Return the rows by day of issue, newest first; those without a day come last."""
        return self.order_by(F("issued_on").desc(nulls_last=True), "sorting")


class Standard(Entered):
    """One edition of one standard, as its sources describe it.

    Where sources disagree the columns hold what the rule of ``sources.toml`` chose, and
    ``claims`` hold what each of them says.
    """

    class Level(models.TextChoices):
        INTERNATIONAL = "international", _("国际标准")
        NATIONAL = "national", _("国家标准")
        SECTOR = "sector", _("行业标准")
        PROVINCIAL = "provincial", _("省级地方标准")
        MUNICIPAL = "municipal", _("市级地方标准")
        GROUP = "group", _("团体标准")
        ENTERPRISE = "enterprise", _("企业标准")
        FOREIGN = "foreign", _("国外标准")

    class Nature(models.TextChoices):
        MANDATORY = "mandatory", _("强制性")
        RECOMMENDED = "recommended", _("推荐性")
        GUIDANCE = "guidance", _("指导性技术文件")

    class Status(models.TextChoices):
        PROJECT = "project", _("制定中")
        UPCOMING = "upcoming", _("即将实施")
        CURRENT = "current", _("现行")
        SUPERSEDED = "superseded", _("被代替")
        WITHDRAWN = "withdrawn", _("废止")

    class Precision(models.TextChoices):
        DAY = "day", _("日")
        MONTH = "month", _("月")
        YEAR = "year", _("年")

    # Where a column has ``db_default`` a load need not send what no row says.
    number = models.CharField(_("标准编号"), max_length=200)  # one to one with its key
    # What the number is found by; all made from it by ``numbering.columns``.
    key = models.CharField(max_length=200)
    resolver_key = models.CharField(max_length=200)
    bare_key = models.CharField(max_length=200)  # without its year
    sorting = models.CharField(max_length=260)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    title = models.CharField(_("标准名称"), max_length=1000)
    title_en = models.CharField(
        _("英文名称"), max_length=1000, blank=True, default="", db_default=""
    )
    title_original = models.CharField(
        _("原文名称"), max_length=1000, blank=True, default="", db_default=""
    )
    language = models.CharField(_("语种"), max_length=20, blank=True, default="", db_default="")
    level = models.CharField(_("层级"), max_length=20, choices=Level)
    nature = models.CharField(
        _("性质"), max_length=20, choices=Nature, blank=True, default="", db_default=""
    )
    form = models.CharField(_("文件类型"), max_length=60, blank=True, default="", db_default="")
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, blank=True, default="", db_default=""
    )
    stage = models.CharField(_("项目阶段"), max_length=40, blank=True, default="", db_default="")
    region = models.CharField(
        _("行政区划代码"), max_length=6, blank=True, default="", db_default=""
    )
    planned_on = models.DateField(_("立项下达日期"), null=True, blank=True)
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    issued_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    implemented_on = models.DateField(_("实施日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("复审确认日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("废止日期"), null=True, blank=True)
    ics = models.CharField(
        _("国际标准分类号（ICS）"), max_length=200, blank=True, default="", db_default=""
    )  # by spaces
    ccs = models.CharField(
        _("中国标准分类号（CCS）"), max_length=60, blank=True, default="", db_default=""
    )
    publisher = models.CharField(
        _("发布机构"), max_length=300, blank=True, default="", db_default=""
    )
    authority = models.CharField(
        _("主管部门"), max_length=300, blank=True, default="", db_default=""
    )
    owner = models.CharField(_("归口单位"), max_length=300, blank=True, default="", db_default="")
    proposer = models.CharField(
        _("提出单位"), max_length=300, blank=True, default="", db_default=""
    )
    drafted_by = models.TextField(_("主要起草人"), blank=True, default="", db_default="")
    filing = models.CharField(_("备案号"), max_length=80, blank=True, default="", db_default="")
    abstract = models.TextField(_("适用范围"), blank=True, default="", db_default="")
    address = models.CharField(_("来源网址"), max_length=600, blank=True, default="", db_default="")
    text = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("标准文本"),
        related_name="+",
        db_index=False,
    )
    source = models.SlugField(  # a key of sources.toml
        _("来源"), max_length=40, default="table", db_index=False
    )
    source_on = models.DateField(_("来源日期"), null=True, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("标准")
        ordering = ["-issued_on", "number"]
        # None by ``db_index``: PostgreSQL would get a second one for each of them. Those that
        # a load may put off are listed in ``indexes.py``.
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="standards_standard_key_once", opclasses=["text_pattern_ops"]
            )
        ]
        indexes = [
            models.Index(
                fields=["bare_key"],
                name="standards_standard_bare",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(
                fields=["resolver_key"],
                name="standards_standard_resolver",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(fields=["sorting"], name="standards_standard_sorting"),
            models.Index(
                fields=["issued_on"],
                name="standards_standard_municipal",
                condition=Q(level="municipal"),  # what the first page shows
            ),
            models.Index(fields=["-issued_on"], name="standards_standard_issued"),
            models.Index(
                fields=["publisher"],
                name="standards_standard_publisher",
                condition=PUBLISHED,
            ),
            models.Index(
                fields=["text"], name="standards_standard_text", condition=Q(text__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.shown} {self.title}"

    def get_absolute_url(self):
        address = reverse("standard", args=[self.slug])
        # A number without a year leads to the edition in force; a project is asked for by name.
        return f"{address}?project" if self.year is None and self.status == "project" else address

    @property
    def shown(self) -> str:
        """The number as it is printed, with its dash of full width."""
        abroad = self.level in {self.Level.INTERNATIONAL, self.Level.FOREIGN}
        return self.number if abroad else YEAR.sub("—", self.number)

    @property
    def slug(self) -> str:
        """The number as it stands in an address: its key, with ``~`` for ``/``."""
        return self.key.replace("/", "~")


class Participation(models.Model):
    """A unit's part in making a standard; its place in the list decides the part.

    Every drafting unit is kept by the name that the standard prints; ``organization`` is
    set where it is a unit of this city.
    """

    class Part(models.TextChoices):
        LEAD = "lead", _("主导")
        JOIN = "join", _("参与")

    standard = models.ForeignKey(
        Standard, models.CASCADE, related_name="participations", db_index=False
    )  # the constraint begins with it
    name = models.CharField(_("起草单位"), max_length=200)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("本市单位"),
        db_index=False,
    )
    place = models.PositiveSmallIntegerField(_("起草单位排序"))
    part = models.CharField(_("参与程度"), max_length=10, choices=Part)

    class Meta:
        verbose_name = _("起草单位")
        ordering = ["standard", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "name"], name="standards_participation_once"
            )
        ]
        indexes = [
            models.Index(fields=["name"], name="standards_part_name"),
            models.Index(
                fields=["organization"],
                name="standards_part_organization",
                condition=Q(organization__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.get_part_display()}）"
