"""Adoption (采标): which of two numbers side by side is said to adopt the other, and how."""

from __future__ import annotations

import re
from dataclasses import replace

from rongbiao.texts.numbers import Kind

from .citation import Citation

FAR = 24  # characters between two numbers of one adoption
HOW = r"等同采用|等效采用|修改采用|非等效采用|等同|等效|修改|非等效|参照采用|采用|idt|mod|neq|eqv"
BETWEEN = re.compile(
    rf"\s*(?:[/／]|[(（\[]|[,，])?\s*({HOW})?\s*(?:于|自|了)?\s*[:：]?\s*(?:[(（]\s*)?",
    re.IGNORECASE,
)
AFTER = re.compile(rf"\s*[,，;；、]?\s*({HOW})(?![A-Za-z])", re.IGNORECASE)
WORDS = {"等同": "IDT", "修改": "MOD", "等效": "EQV", "非等": "NEQ"}
ADOPTED = {Kind.INTERNATIONAL, Kind.REGIONAL, Kind.FOREIGN}


def joined(text: str, citations: list[Citation]) -> list[Citation]:
    """Return citations where each Chinese one knows the foreign ones that it adopts."""
    out: list[Citation] = []
    place = 0
    while place < len(citations):
        base = citations[place]
        place += 1
        others: list[Citation] = []
        relation = ""
        if base.number.chinese:
            at = base.end
            while (
                place < len(citations)
                and (how := _says(text, at, citations[place], first=not others)) is not None
            ):
                relation = relation or how
                others.append(citations[place])
                at = citations[place].end
                place += 1
            if others and not relation and (after := AFTER.match(text, at)):
                relation = _relation(after[1])
        if others:
            base = replace(base, adopts=tuple(one.number for one in others), relation=relation)
        out += [base, *others]
    return out


def _says(text: str, at: int, other: Citation, *, first: bool) -> str | None:
    """Return the relation said between a place and a number ("" where none is), None if none adopts."""
    if other.start - at > FAR or other.number.kind not in ADOPTED:
        return None
    between = text[at : other.start]
    if not first:
        return (
            ""
            if re.fullmatch(r"\s*[,，、;；/和及]\s*", between)
            and ")" in text[other.end : other.end + 24].replace("）", ")")
            else None
        )
    whole = BETWEEN.fullmatch(between)
    if not whole or not between.strip():
        return None
    if between.strip() in {",", "，"} and not AFTER.match(text, other.end):
        return None
    return _relation(whole[1]) if whole[1] else ""


def _relation(word: str) -> str:
    return WORDS.get(word[:2], word.upper() if word.isascii() else "")
