"""Which clause of a standard is cited: 第5.2.3条, 附录A, 表1, 5.4.12 …, as written."""

from __future__ import annotations

import re

from rongbiao.texts.numbers.notation import SPACES_OF_PRINT

BLANK = rf"[ \t{SPACES_OF_PRINT}]"
PLACE = (
    rf"(?:第{BLANK}?[一二三四五六七八九十百零〇\d]{{1,4}}(?:[.．]\d{{1,3}}){{0,4}}"
    rf"(?:[、,，和及至~～—-]{BLANK}?第?\d{{1,3}}(?:[.．]\d{{1,3}}){{0,4}})*{BLANK}?(?:条|條|章|节|節|款|项|項|篇|部分|分册|法)){{1,3}}"
    rf"|第{BLANK}?\d{{1,3}}(?:[.．]\d{{1,3}}){{1,4}}"
    rf"|附[录錄]{BLANK}?[A-Z](?:[.．]\d{{1,3}}){{0,4}}(?:[、和及]{BLANK}?(?:附[录錄])?{BLANK}?[A-Z](?![A-Za-z]))*"
    rf"|[表图圖]{BLANK}?(?:[A-Z][.．-]?)?\d{{1,3}}(?:[.．-]\d{{1,3}}){{0,3}}(?:[、和及][表图圖]?{BLANK}?\d{{1,3}}(?:[.．-]\d{{1,3}}){{0,3}})*"
    rf"|(?:§|定义|條款|条款|章节){BLANK}?\d{{1,3}}(?:[.．]\d{{1,3}}){{0,4}}"
    rf"|\d{{1,2}}(?:[.．]\d{{1,3}}){{1,4}}(?![\d%％℃])(?:[、和及]\d{{1,2}}(?:[.．]\d{{1,3}}){{1,4}}(?![\d%％]))*{BLANK}?(?:条|條)?"
    rf"|\d{{1,3}}{BLANK}?(?:条|條|章)"
    rf"|(?:Clause|Annex|Table|Section|Figure|Appendix){BLANK}?[A-Z]?[.]?\d{{0,3}}(?:\.\d{{1,3}}){{0,4}}"
)
CLAUSE = re.compile(
    rf"(?P<closed>[)）](?=[第附表]))?{BLANK}{{0,2}}(?:《[^《》\n]{{1,80}}》)?{BLANK}{{0,2}}(?:[,，:：(（]{BLANK}?)?(?:中的?|的|之|里的?)?{BLANK}{{0,2}}(?P<place>{PLACE})"
)
NAMES = ("》", "规范", "規範", "标准", "標準", "规程", "規程", "通则", "通則", "导则", "導則")
NOT_CLAUSE = re.compile(rf"{BLANK}?(?:%|％|[A-Za-z℃°]|元|万|[号號]修改)")


def clause_after(text: str, end: int) -> str:
    """Return the clause that is named right after a citation, as written, else nothing."""
    whole = CLAUSE.match(text, end)
    if not whole or (whole["closed"] and not _named_before(text, end)):
        return ""
    said = whole["place"].strip()
    if said[0].isdecimal() and (
        NOT_CLAUSE.match(text, whole.end()) or text[whole.start("place") - 1] == "."
    ):
        return ""
    if said.startswith("第") and text[whole.end() : whole.end() + 3].lstrip()[:1] in {
        "号",
        "號",
        "版",
        "次",
    }:
        return ""
    return said


def _named_before(text: str, end: int) -> bool:
    """Whether the bracket in which a number stands follows its name, so that what follows is of it."""
    opened = max(text.rfind(mark, max(0, end - 60), end) for mark in "(（")
    return opened > 0 and text[max(0, opened - 2) : opened].endswith(NAMES)
