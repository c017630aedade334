"""A review profile in words (审查表决规则): what is asked of a vote, told and read line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .periods import months_after

SHARES = {
    "quorum": "参加表决不少于",
    "passing": "同意不少于",
    "against": "反对不超过",
    "drafters_unit": "起草单位代表不超过",
}
LEAST, PAPERS = "专家不少于", "材料提前送达"
YES_OR_NO = {
    "odd": "专家人数为单数",
    "by_letter": "以函审方式进行",
    "binding": "材料送达期限不得缩短",
    "secret": "计票前表决保密",
}
YES = {"是": True, "否": False}
BEFORE = re.compile(r"(\d{1,3}) (day|month)s?")
TOLD = re.compile(r"(\d{1,3})\s*(天|日|个自然日|个月)")


def lines(profile: Mapping[str, Any]) -> list[str]:
    """Return what a profile asks, one line each.

    >>> lines({"quorum": "2/3", "least": 5, "odd": True, "papers": "1 month"})
    ['参加表决不少于：2/3', '专家不少于：5', '材料提前送达：1个月', '专家人数为单数：是']
    """
    told = [f"{word}：{profile[key]}" for key, word in SHARES.items() if key in profile]
    if "least" in profile:
        told.append(f"{LEAST}：{profile['least']}")
    if papers := ahead(profile.get("papers", "")):
        told.append(f"{PAPERS}：{papers}")
    answers = ((word, profile[key]) for key, word in YES_OR_NO.items() if key in profile)
    return [*told, *(f"{word}：{'是' if answer else '否'}" for word, answer in answers)]


def ahead(papers: str) -> str:
    """Return how long before a review its papers are sent, in words, or nothing.

    >>> ahead("2 months"), ahead("7 days"), ahead("")
    ('2个月', '7个自然日', '')
    """
    found = BEFORE.fullmatch(papers)
    return f"{found[1]}{'个月' if found[2] == 'month' else '个自然日'}" if found else ""


def papers_by(papers: str, meets: date) -> date | None:
    """Return the last day on which the papers of a review are sent, or nothing where none is set.

    >>> from datetime import date
    >>> str(papers_by("1 month", date(2024, 3, 31)))
    '2024-02-29'
    """
    found = BEFORE.fullmatch(papers)
    if found is None:
        return None
    number = int(found[1])
    return months_after(meets, -number) if found[2] == "month" else meets - timedelta(days=number)


def first_day(papers: str, sent: date) -> date:
    """Return the first day on which a review can be whose papers were sent on a day.

    >>> from datetime import date
    >>> str(first_day("2 months", date(2024, 7, 1))), str(first_day("2 months", date(2024, 12, 31)))
    ('2024-09-01', '2025-03-01')
    """
    found = BEFORE.fullmatch(papers)
    if found is None:
        return sent
    number = int(found[1])
    day = months_after(sent, number) if found[2] == "month" else sent + timedelta(days=number)
    while (papers_by(papers, day) or sent) < sent:  # a short month has no such day
        day += timedelta(days=1)
    return day


def read_lines(text: str) -> dict[str, Any]:
    """Return the profile that such lines tell; raise ValueError with a sentence otherwise."""
    found: dict[str, Any] = {}
    keys = {word: key for key, word in SHARES.items()}
    asked = {word: key for key, word in YES_OR_NO.items()}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        word, _, told = (part.strip() for part in line.replace(":", "：").partition("："))
        if word in keys:
            found[keys[word]] = _share(told)
        elif word == LEAST and told.isascii() and told.isdigit() and 1 <= int(told) <= 99:
            found["least"] = int(told)
        elif word in asked and told in YES:
            found[asked[word]] = YES[told]
        elif word == PAPERS and (before := TOLD.fullmatch(told)):
            unit = "month" if before[2] == "个月" else "day"
            found["papers"] = f"{int(before[1])} {unit}{'' if int(before[1]) == 1 else 's'}"
        else:
            raise ValueError(f"“{line[:40]}”无法识别，请照原有各行的写法填写。")
    if "passing" not in found:
        raise ValueError(f"应写明“{SHARES['passing']}”，如“{SHARES['passing']}：3/4”。")
    return found


def check(profile: Any) -> None:
    """Raise ValueError with a sentence when a profile cannot be told and read again."""
    if not isinstance(profile, dict) or read_lines("\n".join(lines(profile))) != profile:
        raise ValueError(f"“{profile}”不是表决规则。")


def _share(told: str) -> str:
    try:
        share = Fraction(told)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{told[:20]}”不是比例，应写作 3/4。") from None
    if not 0 <= share <= 1:
        raise ValueError(f"比例“{told[:20]}”应在 0 与 1 之间。")
    return str(share)
