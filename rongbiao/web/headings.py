"""Headings (标题译名): a plan's own headings, in English where the city has translated them.

A paper's headings are its words, so they are translated in the city's ``headings.toml``
and nowhere else; one without a translation stays Chinese and says so to whoever listens.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language

from rongbiao.parties.models import Organization

# What most names of offices share; a narrow column does without it.
SHARED = re.compile(
    r"^(?:Bureau of |Administration for |Administrative committees of )"
    r"|(?<=.) (?:Commission|Bureau|Administration|Functional Zone)$"
)


@cache
def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    return {
        _bare(words): said for words, said in tomllib.loads(path.read_text())["headings"].items()
    }


def _bare(words: str) -> str:
    return "".join(words.split())


def heading(words: str) -> str:
    """Return a heading in the language of the page, as plain words."""
    if get_language() != "en":
        return words
    return _read(settings.CITY_FOLDER / "headings.toml").get(_bare(words), words)


def marked(words: str) -> str:
    """Return a heading for a page: what stays Chinese on an English page is marked so."""
    said = heading(words)
    if get_language() == "en" and said == words and not words.isascii():
        return format_html('<span lang="zh-Hans">{}</span>', words)
    return said


def narrow(unit: Organization) -> str:
    """Return a unit's name for narrow columns in the language of the page."""
    if get_language() == "en" and unit.name_en:
        return SHARED.sub("", unit.name_en)
    return unit.label
