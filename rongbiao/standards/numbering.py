"""Numbering (编号): the columns of a standard that are made from its number."""

import re
from typing import Any

from django.conf import settings

from rongbiao.texts.numbers import StandardNumber, read_number

FIGURES = re.compile(r"\d+")
WIDTH = 8  # no part of a number has more figures
CODE = 4  # a slash further on may be one of an amendment


def own_code() -> str:
    """Return what the numbers of this city's local standards begin with: ``DB3501``."""
    return f"DB{settings.CITY['code'][:4]}"


def columns(number: StandardNumber) -> dict[str, Any]:
    """Return the columns of ``Standard`` that its number decides.

    ``bare_key`` is the key without the year, so that an undated citation finds every
    edition; ``sorting`` orders part 2 before part 10 in any database.
    """
    return {
        "number": str(number.bare),
        "key": number.key,
        "resolver_key": number.resolver_key,
        "bare_key": bare(number),
        "sorting": sorting(number.key),
        "year": number.year,
        "level": number.level,
        "region": region(number),
    }


def region(number: StandardNumber) -> str:
    """Return the code (GB/T 2260, six digits) of the region that owns a local number, or nothing."""
    owner = number.city or number.province
    return owner.ljust(6, "0") if owner else ""


def bare(number: StandardNumber) -> str:
    """Return a key without its year: ``GB/T1.1`` for GB/T 1.1-2020."""
    return number.undated.key


def bare_key(number: str, key: str, year: int | None) -> str:
    """Return the bare key of a number that was read before, sooner than reading it again.

    >>> bare_key("GB/T 1.1-2020", "GB/T1.1-2020", 2020)
    'GB/T1.1'
    """
    slash = key.rfind("/")
    if year is None and slash < CODE and "(" not in number:
        return key
    if slash < CODE and year is not None and key.endswith(f"-{year}") and "(" not in number:
        return key[:-5]
    return bare(read_number(number))


def sorting(key: str) -> str:
    """Return a key with every figure filled up to one width.

    >>> sorting("GB/T1.2-2020") < sorting("GB/T1.10-2020")
    True
    """
    return FIGURES.sub(lambda figure: figure[0].zfill(WIDTH), key)


def keyed(text: str) -> str:
    """Return the key of a number as somebody wrote it; raises ``NotANumber``."""
    return read_number(text).key
