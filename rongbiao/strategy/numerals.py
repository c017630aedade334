"""Numerals (数字写法): figures as sentences write them."""

from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def numeral(value: Decimal | int) -> str:
    """Return a figure with at most one decimal, rounded half up, none where it is whole.

    >>> numeral(Decimal("11.36")), numeral(Decimal("9486.00")), numeral(13)
    ('11.4', '9486', '13')
    """
    return str(Decimal(value).quantize(TENTH, ROUND_HALF_UP)).removesuffix(".0")
