"""A rule's value is typed by a person (录入取值): text in, a value that fits the rule out."""

from __future__ import annotations

from typing import Any

from . import profiles
from .reading import fits
from .rules import PERIODS, ROUTES, Unit, Value, said

YES = {"是": True, "否": False}
NUMBERS = {Unit.POINTS, Unit.PEOPLE, Unit.TIMES, *PERIODS}
MOST_TEXT = 500
MOST_LINES = 50


def typed(value: Value) -> str:
    """Return a value as a person would type it."""
    if value.unit is Unit.VOTE:
        return "\n".join(profiles.lines(value.value))
    if isinstance(value.value, list):
        return "\n".join(said(one, value.unit) for one in value.value)
    return said(value.value) if value.unit in NUMBERS else said(value.value, value.unit)


def read_value(text: str, like: Value, unit: Unit | None) -> Any:
    """Return what a text says, of the kind that a rule has had; ``unit`` may be another period.

    Raises ValueError with one sentence when it does not fit.
    """
    text = text.strip()
    if not text:
        raise ValueError("取值不能为空。")
    if unit is not like.unit and not (
        unit and unit.is_period and like.unit and like.unit.is_period
    ):
        raise ValueError("单位不能改，只有期限可以在自然日、工作日、月、年之间改。")
    read = _read(text, like, unit)
    fits(read, unit)
    return read


def _read(text: str, like: Value, unit: Unit | None) -> Any:
    if unit is Unit.VOTE:
        return profiles.read_lines(text)
    if isinstance(like.value, list):
        return _listed(text, unit)
    if unit in NUMBERS:
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError(f"“{text[:20]}”不是整数。")
        return int(text)
    if isinstance(like.value, bool):
        if text not in YES:
            raise ValueError(f"“{text[:20]}”应为“是”或“否”。")
        return YES[text]
    if len(text) > MOST_TEXT:
        raise ValueError(f"取值不应超过 {MOST_TEXT} 字。")
    return text


def _listed(text: str, unit: Unit | None) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > MOST_TEXT for line in lines):
        raise ValueError(f"不应超过 {MOST_LINES} 行，每行不应超过 {MOST_TEXT} 字。")
    if unit is not Unit.ROUTE:
        return lines
    codes = {name: code for code, name in ROUTES.items()}
    if unknown := [line for line in lines if line not in codes]:
        raise ValueError(f"“{unknown[0][:20]}”不是去向，可用：{'、'.join(codes)}。")
    return [codes[line] for line in lines]
