"""Patterns that every Python from 3.11.0 on reads alike."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "rongbiao"
# Before 3.11.5 a possessive group misses matches (CPython issue 106052); an atomic one does not.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\{?\d*,\d*\}\}?)\+(?!\d)")


@pytest.mark.parametrize("path", sorted((ROOT / "texts").rglob("*.py")), ids=lambda p: p.stem)
def test_no_group_is_possessive(path):
    assert POSSESSIVE_GROUP.findall(path.read_text()) == []


def test_such_a_group_is_found():
    assert POSSESSIVE_GROUP.search(r"(?:-\d{1,3})*+")
    assert POSSESSIVE_GROUP.search(r"(?:-\d{1,3}){{0,5}}+")
    assert not POSSESSIVE_GROUP.search(r"(?>(?:-[A-Z]{1,9}+)*)")
