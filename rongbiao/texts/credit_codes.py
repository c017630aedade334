"""Unified social credit codes (统一社会信用代码), GB 32100—2015.

Eighteen characters: who registered (1), what kind (1), the region of the
registry (6, GB/T 2260), the body's own code (9, GB 11714), a check character.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z


class BadCreditCode(ValueError):
    """The text is no unified social credit code; the message says why."""


def check_character(first: str) -> str:
    """Return the check character of the first seventeen (GB 32100, weights 3^i mod 31)."""
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(first))
    return ALPHABET[-total % 31]


def read_credit_code(text: str) -> str:
    """Return the code in capital letters, or raise BadCreditCode with the reason."""
    code = text.strip().upper()
    if len(code) != 18:
        raise BadCreditCode(f"统一社会信用代码应为18位，实为{len(code)}位。")
    for place, letter in enumerate(code, start=1):
        if letter not in ALPHABET:
            raise BadCreditCode(f"统一社会信用代码第{place}位“{letter}”不是允许的字符。")
    if check_character(code[:17]) != code[17]:
        raise BadCreditCode("统一社会信用代码的校验位不符，请核对。")
    return code
