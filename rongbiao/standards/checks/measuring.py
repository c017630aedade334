"""Indicators (指标): with a method each, readable, and none below what the standards require."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards.models import Indicator, Requirement, Statement
from rongbiao.texts.folding import units
from rongbiao.texts.indicators import NotALimit, Result, compare, read_limit

from .finding import Finding, Grade

REASONS = {
    "unknown-unit": gettext_lazy("单位不在平台的单位表中"),
    "units-differ": gettext_lazy("单位不能换算"),
    "opposite": gettext_lazy("一个是下限，一个是上限"),
    "nominal": gettext_lazy("只有标称值，没有说明上限或者下限"),
    "schemes-differ": gettext_lazy("等级的分法不同"),
    "grade-direction": gettext_lazy("等级的高低方向没有说明"),
    "words-differ": gettext_lazy("用文字表述，请人工核对"),
    "kinds-differ": gettext_lazy("表述的方式不同"),
    "stricter": gettext_lazy("要求更严"),
    "looser": gettext_lazy("要求更宽"),
    "beyond": gettext_lazy("允许的范围有一部分超出"),
    "same-limit": gettext_lazy("换算后数值相同"),
    "same-words": gettext_lazy("表述相同"),
    "same-grade": gettext_lazy("等级相同"),
    "grade": gettext_lazy("等级不同"),
    "absent": gettext_lazy("不得检出严于限量"),
    "not-absent": gettext_lazy("允许检出，宽于不得检出"),
    "unread": gettext_lazy("指标值不能识别"),
}


def field_of(one: Indicator) -> str:
    """Return the part of the form in which an indicator stands."""
    return f"indicator-{one.place}"


def indicators(row: Statement, held: Sequence[Indicator]) -> Iterable[Finding]:
    """Find indicators without a method or a readable limit, and an own standard without any."""
    if row.own and not held:
        yield Finding(
            "no-indicators", "indicators", _("指标"), "declare", Grade.MUST,
            _("企业标准没有公开任何功能指标或者性能指标。"),
            _("逐项填写指标名称、指标值、单位和试验方法。"),
        )  # fmt: skip
    for one in held:
        place = _("指标“{name}”").format(name=one.name)
        if not one.method.strip():
            yield Finding(
                "no-method", field_of(one), place, "methods", Grade.MUST,
                _("没有写明试验方法、检验方法或者评价方法。"),
                _("引用相应的国家标准、行业标准或者国际标准；没有的，可以自行制定并写明。"),
            )  # fmt: skip
        try:
            read_limit(one.limit, one.unit)
        except NotALimit:
            yield Finding(
                "limit-unreadable", field_of(one), place, "declare", Grade.MUST,
                _("指标值“{limit}”不能识别。").format(limit=one.limit[:40]),
                _("写作“≥90”“5～10”“10±0.5”或者文字，起点不大于终点。"),
            )  # fmt: skip


def result_of(one: Indicator, other: Requirement) -> tuple[Result, str]:
    """Return how a declared indicator stands to a requirement, and the key of the reason."""
    try:
        mine, theirs = read_limit(one.limit, one.unit), read_limit(other.limit, other.unit)
    except NotALimit:
        return Result.INCOMPARABLE, "unread"
    found = compare(mine, theirs)
    return found.result, found.reason


def named(held: Iterable[Indicator]) -> dict[tuple[str, ...], Indicator]:
    """Return indicators by what their names say, whatever stands between."""
    return {tuple(units(one.name)): one for one in held}


def below(
    row: Statement, held: Sequence[Indicator], against: Sequence[Requirement]
) -> Iterable[Finding]:
    """Find what is fewer or lower than the standards named require."""
    mine = named(held)
    missing: dict[str, list[str]] = {}
    for other in against:
        one = mine.get(tuple(units(other.name)))
        if one is None:
            if row.own and (other.mandatory or not row.notice.strip()):
                missing.setdefault(_of(other), []).append(other.name)
            continue
        result, reason = result_of(one, other)
        if result is Result.LOWER:
            yield from _lower(row, one, other, reason)
        elif result is Result.INCOMPARABLE:
            yield _not_comparable(one, other, reason)
    for of, names in missing.items():
        yield Finding(
            "fewer", "notice", _("明示"), "notice", Grade.MUST,
            _("没有公开 {of} 要求的指标：{names}。").format(of=of, names="、".join(names)),
            _("补充这些指标；推荐性标准的，也可以在“明示”中写明少于该标准的项目。"),
        )  # fmt: skip


def _of(other: Requirement) -> str:
    return other.standard.number


def _said(name: str, limit: str, unit: str) -> str:
    return f"{name} {limit}{'' if unit and unit in limit else unit}"


def _lower(row: Statement, one: Indicator, other: Requirement, reason: str) -> Iterable[Finding]:
    words = _("声明“{mine}”，{of}{clause}要求“{theirs}”：{reason}。").format(
        mine=_said("", one.limit, one.unit).strip(),
        of=_of(other),
        clause=f" {other.clause} " if other.clause else " ",
        theirs=_said("", other.limit, other.unit).strip(),
        reason=REASONS[reason],
    )
    place = _("指标“{name}”").format(name=one.name)
    if other.mandatory:
        yield Finding(
            "below-mandatory", field_of(one), place, "not_below_mandatory", Grade.BAR, words,
            _("低于强制性标准的，不能声明；请提高指标。"),
        )  # fmt: skip
    elif not row.notice.strip():
        yield Finding(
            "lower-without-notice", field_of(one), place, "notice", Grade.MUST, words,
            _("提高指标，或者在“明示”中写明低于该推荐性标准的项目。"),
        )  # fmt: skip


def _not_comparable(one: Indicator, other: Requirement, reason: str) -> Finding:
    return Finding(
        "not-comparable", field_of(one),
        _("指标“{name}”").format(name=one.name),
        "not_below_mandatory" if other.mandatory else "notice",
        Grade.NOTE,
        _("与 {of} 的“{theirs}”不能自动比对：{reason}。").format(
            of=_of(other), theirs=_said("", other.limit, other.unit).strip(), reason=REASONS[reason]
        ),
        _("请人工核对是否低于该标准。"),
    )  # fmt: skip
