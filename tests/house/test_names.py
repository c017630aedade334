"""Names: no room without a name, no word that the glossary does not know."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "base",
    "common",
    "constants",
    "core",
    "handlers",
    "helpers",
    "manager",
    "misc",
    "service",
    "services",
    "utils",
}
OURS = ("archive", "parties", "standards", "awards", "strategy")


def test_every_module_says_what_it_is_about():
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "rongbiao").rglob("*.py")
        if path.stem in FORBIDDEN
    ]
    assert found == []


def glossary() -> set[str]:
    """Return the Chinese terms of the glossary's tables."""
    rows = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    cells = [row.split("|")[1].strip() for row in rows if row.startswith("|")]
    return {term.strip() for cell in cells for term in cell.split("、")}


@pytest.mark.parametrize(
    "model", [m for label in OURS for m in apps.get_app_config(label).get_models()]
)
def test_every_thing_bears_a_name_of_the_glossary(model: type[models.Model]):
    assert str(model._meta.verbose_name) in glossary()


def test_dates_moments_and_counts_are_named_alike():
    odd = []
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.DateTimeField):
                    good = field.name == "at" or field.name.endswith("_at")
                elif isinstance(field, models.DateField):
                    good = field.name in {"since", "until", "day", "on"} or field.name.endswith(
                        "_on"
                    )
                else:
                    continue
                if not good and field.name not in {"last_login", "date_joined"}:
                    odd.append(f"{model.__name__}.{field.name}")
    assert odd == []
