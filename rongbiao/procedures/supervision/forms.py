"""What is filled in at an inspection (检查表、责令改正、改正、移送、公示)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.procedure import Answers
from rongbiao.parties.models import Post
from rongbiao.standards.models import Campaign, Declaration, Inspection
from rongbiao.standards.supervising import planning
from rongbiao.standards.supervising.sheet import FOUND, ITEMS, VERDICTS, Sheet, sheet_of

# What an order rests on: the rule of the table ``supervision``, the item that leads to it.
GROUNDS = [
    ("order_to_publish", _("《标准化法》第三十八条（公开）")),
    ("order_below", _("《标准化法》第三十九条（低于强制性标准等）")),
    ("order_number", _("《标准化法》第四十二条（编号）")),
    ("other", _("其他，见改正内容")),
]
LEADS = {"publish": "order_to_publish", "requirements": "order_below", "naming": "order_number"}
# What only the province may do (arts. 39 and 42), and the item for which it may.
PROVINCE = {"order_below": "requirements", "order_number": "naming"}


def words(label: Any, *, length: int = 2000, required: bool = True) -> forms.CharField:
    """Return a field for several lines."""
    return forms.CharField(label=label, max_length=length, required=required, widget=forms.Textarea)


def inspection_of(case: Any) -> Inspection | None:
    """Return the line of a case in the register of inspections."""
    rows = Inspection.objects.select_related("declaration__replaced_by", "statement", "campaign")
    return rows.filter(basis=case.number).first()


class Opening(Answers):
    """立案: which declared item, who inspects it, and why; filled in by the platform."""

    declaration = forms.IntegerField(label=_("检查对象"))
    campaign = forms.IntegerField(label=_("抽查计划"), required=False)
    place = forms.IntegerField(label=_("抽取次序"), required=False)
    reason = forms.CharField(label=_("立案事由"), max_length=300)
    inspectors = forms.CharField(label=_("检查人员"), max_length=300)
    passed = forms.CharField(label=_("回避而由次序在后代替的人员"), max_length=3000, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        item = Declaration.objects.filter(pk=said["declaration"]).first()
        if item is None:
            raise forms.ValidationError(gettext("没有这一声明条目。"))
        campaign = (
            Campaign.objects.filter(pk=said["campaign"]).first() if said["campaign"] else None
        )
        keys = _keys(said["inspectors"])
        posts = Post.objects.select_related("person", "organization").in_bulk(
            [*keys, *_keys(said["passed"])]
        )
        if not keys or any(key not in posts for key in keys):
            raise forms.ValidationError(gettext("请指明检查人员。"))
        said["posts"], said["item"] = keys, item.pk
        said["declaration"] = str(item)
        said["plan"], said["campaign"] = said["campaign"], str(campaign or "")
        said["inspectors"] = "、".join(str(posts[key]) for key in keys)
        said["passed"] = "、".join(str(posts[key]) for key in _keys(said["passed"]))
        return said


def _keys(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.strip().isdigit()]


class Checked(Answers):
    """检查表: five items as the precheck filled them in; a change needs its reason."""

    ground = forms.CharField(
        label=_("检查的依据"), max_length=500, required=False,
        help_text=_("用于预检不能判断、又没有单独写明理由的各项。"),
    )  # fmt: skip
    remarks = words(_("现场情况和其他"), required=False)
    file = forms.FileField(label=_("检查证据"), required=False)

    def fit(self) -> None:
        """Offer the five items with what the precheck proposes."""
        row = inspection_of(self.case) if self.case and not self.case.closed_on else None
        self.sheet: Sheet | None = sheet_of(row.declaration, timezone.localdate()) if row else None
        lines = {line.key: line for line in self.sheet.lines} if self.sheet else {}
        fields: dict[str, forms.Field] = {}
        for key, (name, _rule, _keys) in ITEMS.items():
            line = lines.get(key)
            fields[key] = forms.ChoiceField(
                label=name, choices=VERDICTS, initial=line.proposed if line else "",
                widget=forms.RadioSelect,
            )  # fmt: skip
            fields[f"{key}_why"] = forms.CharField(
                label=_("理由（{name}）").format(name=name), max_length=500, required=False
            )
        self.fields = fields | self.fields

    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Return each item with its two fields, as the page shows them."""
        lines = self.sheet.lines if self.sheet else ()
        return [(line, self[line.key], self[f"{line.key}_why"]) for line in lines]

    def others(self) -> list[forms.BoundField]:
        """Return the fields beside the items."""
        blind = any(not line.proposed for line in self.sheet.lines) if self.sheet else False
        return [self[name] for name in (*(("ground",) if blind else ()), "remarks", "file")]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.sheet is None:
            raise forms.ValidationError(gettext("本件没有检查对象。"))
        lines = []
        for line in self.sheet.lines:
            verdict, why = said.get(line.key), (said.get(f"{line.key}_why") or "").strip()
            if not line.proposed:
                why = why or (said.get("ground") or "").strip()
            if verdict and verdict != line.proposed and not why:
                told = gettext("与预检结果不同，请写明理由。")
                alone = gettext("预检不能判断，请写明检查的依据。")
                self.add_error(f"{line.key}_why", told if line.proposed else alone)
            lines.append(
                {
                    "key": line.key, "proposed": line.proposed, "verdict": verdict, "why": why,
                    "found": line.words,
                }
            )  # fmt: skip
        statement = self.sheet.statement
        said["lines"] = lines
        said["faults"] = [one["key"] for one in lines if one["verdict"] == FOUND]
        said["statement"] = statement.pk if statement else None
        said["over"] = self.sheet.over
        return said


class Order(Answers):
    """责令限期改正."""

    number = forms.CharField(label=_("文号"), max_length=60)
    grounds = forms.MultipleChoiceField(label=_("依据"), choices=GROUNDS)
    words = words(_("改正内容"))

    def fit(self) -> None:
        """Begin with what the sheet found."""
        last = self.case.this_round("record").last() if self.case else None
        if last is None:
            return
        faults = last.answers["faults"]
        self.fields["grounds"].initial = [LEADS[key] for key in faults if key in LEADS] or ["other"]
        told = [
            f"{ITEMS[one['key']][0]}：{'；'.join([*one['found'], one['why']]).strip('；')}"
            for one in last.answers["lines"]
            if one["key"] in faults
        ]
        self.fields["words"].initial = "\n".join(told)


class Corrected(Answers):
    """改正报告."""

    words = words(_("改正情况"))
    file = forms.FileField(label=_("证明材料"), required=False)


class Sending(Answers):
    """移送省级标准化行政主管部门."""

    number = forms.CharField(label=_("移送函文号"), max_length=60)
    addressee = forms.CharField(label=_("移送机关"), max_length=100)
    ground = forms.ChoiceField(
        label=_("请求"),
        choices=[
            ("order_below", _("废止企业标准（《标准化法》第三十九条）")),
            ("order_number", _("撤销标准编号（《标准化法》第四十二条）")),
        ],
    )
    words = words(_("移送理由"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        last = self.case.entries.filter(action_key="record").last() if self.case else None
        faults = last.answers["faults"] if last else []
        if said.get("ground") and PROVINCE[said["ground"]] not in faults:
            item = ITEMS[PROVINCE[said["ground"]]][0]
            raise forms.ValidationError(
                gettext("最近的检查记录中“{item}”没有问题，不能以此移送。").format(item=item)
            )
        return said


class Answered(Answers):
    """省级处理结果."""

    OUTCOMES = [
        ("abolished", _("已废止企业标准")),
        ("revoked", _("已撤销标准编号")),
        ("returned", _("退回，由本市处理")),
    ]
    outcome = forms.ChoiceField(label=_("省级处理结果"), choices=OUTCOMES)
    words = words(_("来文文号和说明"), required=False)


class Publication(Answers):
    """公示."""

    where = forms.CharField(label=_("公示平台"), max_length=100)


class Another(Answers):
    """更换检查人员: who comes in, and why."""

    inspector = forms.ChoiceField(label=_("检查人员"))
    words = words(_("理由"), length=300)

    def fit(self) -> None:
        """Offer whoever may be sent and is not tied to the enterprise."""
        if self.case is None or self.case.applicant is None:
            return
        day = timezone.localdate()
        posts = planning.able(day, demonstration=self.case.demonstration)
        tied = planning.ties(posts, [self.case.applicant], day)
        seats = self.case.seats.filter(capacity="inspector").values_list("post", flat=True)
        field = self.fields["inspector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(post.pk), str(post))
            for post in posts
            if not tied[post.pk] and post.pk not in set(seats)
        ]
