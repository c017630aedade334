"""Founding (建站): the regions, units and groups of a city, from its ``city.toml``."""

from datetime import date
from typing import Any

from django.db import transaction

from .models import Group, Membership, Organization, Region


@transaction.atomic
def found(city: dict[str, Any]) -> None:
    """Enter a city's regions, units and groups; what is there already stays as it is."""
    for region in city["regions"]:
        Region.objects.get_or_create(
            code=region["code"],
            defaults={
                "name": region["name"],
                "name_en": region.get("name_en", ""),
                "parent_id": region.get("parent"),
            },
        )
    for order, unit in enumerate(city["units"], start=1):
        _enter_unit(unit, order * 10)
    for group in city["groups"]:
        _enter_group(group)


def _enter_unit(unit: dict[str, Any], order: int) -> None:
    fields = ("short_name", "name_en", "kind", "aliases", "row", "column")
    defaults = {field: unit[field] for field in fields if field in unit}
    defaults |= {"region_id": unit.get("region"), "order": order}
    Organization.objects.get_or_create(name=unit["name"], defaults=defaults)


def _enter_group(row: dict[str, Any]) -> None:
    placeholder = row.get("placeholder")
    group, new = Group.objects.get_or_create(
        key=row["key"],
        defaults={
            "name": row["name"],
            "aliases": row["aliases"],
            "placeholder": placeholder and Organization.objects.get(name=placeholder),
        },
    )
    if new and row["kinds"]:
        since: date = row["since"]
        units = Organization.objects.filter(kind__in=row["kinds"], demonstration=False)
        Membership.objects.bulk_create(
            Membership(group=group, organization=unit, since=since, basis=row["basis"])
            for unit in units
        )
