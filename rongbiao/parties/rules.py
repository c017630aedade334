"""Rules in force here (现行规则): the law's tables, the city's own, and officers' corrections.

Every floor above asks ``table`` here and not ``rongbiao.law``, which knows no database.
"""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from rongbiao import law
from rongbiao.law import Origin, Rule, Table, Unit, Value
from rongbiao.law.entering import read_value

from . import journal
from .in_post import ask_office
from .post import Post
from .refused import Refused
from .rule_change import RuleChange

State = tuple[int, datetime | None]


def table(name: str) -> Table:
    """Return a table by name as it stands here; one small question to the database.

    What was put together is kept until a correction comes in, in this process or another.
    """
    seen = RuleChange.objects.aggregate(n=Count("pk"), last=Max("at"))
    return _composed(name, settings.CITY_FOLDER, (seen["n"], seen["last"]))


def tables() -> dict[str, Table]:
    """Return every table as it stands here, by name; one question for all."""
    seen = RuleChange.objects.aggregate(n=Count("pk"), last=Max("at"))
    state = (seen["n"], seen["last"])
    return {name: _composed(name, settings.CITY_FOLDER, state) for name in law.names()}


@lru_cache(maxsize=64)
def _composed(name: str, city: Path, state: State) -> Table:
    """Return a table with what the city and the officers say; ``state`` names their corrections."""
    found = law.table(name, city / "law")
    if not state[0]:
        return found
    rules = dict(found.rules)
    for row in RuleChange.objects.filter(table=name).order_by("id"):
        if row.key in rules:  # a release may have dropped the rule: its correction waits
            rules[row.key] = rules[row.key].also([_value(row)])
    return Table(rules, found.title, found.title_en)


def _value(row: RuleChange) -> Value:
    return Value(
        since=row.since,
        value=row.value,
        source=row.source,
        verified=row.verified,
        article=row.article,
        unit=Unit(row.unit) if row.unit else None,
        origin=Origin.OFFICER,
        basis=row.basis,
    )


@transaction.atomic
def change(
    name: str,
    key: str,
    *,
    value: str,
    since: date,
    source: str,
    basis: str,
    article: str = "",
    verified: bool = False,
    unit: str | None = None,
    basis_on: date | None = None,
    actor: Post | None,
    day: date,
) -> RuleChange:
    """Enter what a rule says from a day on, typed as the page shows it.

    A value that was read in its source is not rewritten; from a later day on a new one may
    take its place, read in its source too. ``unit`` may change between the units of periods.
    """
    officer = ask_office(actor, day, _("规则的更正由联席会议办公室经办人录入。"))
    rule = _rule(name, key)
    _ask_verified(rule, since, verified)
    if not basis.strip():
        raise Refused(_("更正规则应写明依据。"))
    before = rule.known_at(since) or rule.values[-1]
    told = Unit(unit) if unit else before.unit
    try:
        read = read_value(value, before, told)
    except ValueError as bad:
        raise Refused(f"“{rule.name}”：{bad}") from None
    made = RuleChange(
        table=name, key=key, value=read, unit=told or "", since=since, source=source.strip(),
        article=article.strip(), verified=verified, basis=basis.strip(), basis_on=basis_on,
        demonstration=officer.demonstration,
    )  # fmt: skip
    if _same(_value(made), before):
        raise Refused(_("“{rule}”与现有取值相同，没有更正。").format(rule=rule.name))
    _save(made)
    was = {"value": before.amount, "source": before.cited, "verified": before.verified}
    now = _value(made)
    said = {"value": now.amount, "source": now.cited, "verified": now.verified}
    journal.write(
        officer, "change-rule", made, day=day, name=rule.name, was=was, now=said, reason=made.basis
    )
    return made


def corrections(name: str, key: str) -> QuerySet[RuleChange]:
    """Return what officers entered for a rule, newest first."""
    return RuleChange.objects.filter(table=name, key=key).order_by("-id")


def _rule(name: str, key: str) -> Rule:
    found = table(name).rules.get(key) if name in law.names() else None
    if found is None:
        raise Refused(_("没有规则“{name}.{key}”。").format(name=name[:40], key=key[:80]))
    return found


def _ask_verified(rule: Rule, since: date, verified: bool) -> None:
    """Refuse to rewrite what was read in its source, and to put something unread in its place."""
    for value in rule.values:
        if not value.verified:
            continue
        if since <= value.since:
            words = _(
                "“{rule}”自{since}的取值已核对原文（{cited}），不能更正；"
                "规定有变动的，请按新规定的施行日期录入。"
            )
        elif not verified and rule.known_at(since) == value:
            words = _(
                "“{rule}”现有取值已核对原文（{cited}，自{since}），新取值须核对原文后才能录入。"
            )
        else:
            continue
        raise Refused(words.format(rule=rule.name, since=value.since, cited=value.cited))


def _same(one: Value, other: Value) -> bool:
    def facts(value: Value) -> tuple[object, ...]:
        return (value.value, value.unit, value.since, value.cited, value.verified)

    return facts(one) == facts(other)


def _save(made: RuleChange) -> None:
    try:
        made.full_clean()
    except ValidationError as bad:
        name, words = next(iter(bad.message_dict.items()))
        labels = {field.name: field.verbose_name for field in RuleChange._meta.fields}
        raise Refused(f"{labels.get(name, name)}：{words[0]}") from bad
    made.save()
