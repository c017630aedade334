"""Gates (辨别): whether what looks like a number is a citation, from what stands beside it.

Codes of two letters are also beginnings of model numbers, stock codes and flights, "GB" is a
measure of memory, "ISO" of film: the weaker the code and the less it says, the more its
neighbours must say.
"""

from __future__ import annotations

import re

from .chinese import LETTERED_CODES, Hit

CUE = re.compile(
    r"(?:标准|標準|规范|規範|规程|規程|规定|規定|细则|導則|导则|指南|国标|國標|行标|号|號|符合|合格|按照?|依据|依據|依照|执行|執行"
    r"|满足|滿足|参照|參照|遵照|参考|遵守|遵循|依|照|达到|参见|參見|详见|详细见|见|見|引用|采用|採用|应用|实施|代替|替代|取代|废止|修订|制定|发布|颁布"
    r"|根据|根據|与|和|及|或|《|》|“|”|法|从|用|使用|通过|应|在|对|了|的|中|为|是|即|如"
    r"|standards?|with|to|per|by|and|of|in|see|[,，、;；(（\[【|:：])[ \t\u3000:：]{0,4}$",
    re.IGNORECASE,
)
# Words that a standard alone takes; a bare weak code needs one of them, or a table, or a list.
HARD_CUE = re.compile(
    r"(?:标准|標準|规范|規範|规程|規程|国标|行标|符合|按照?|依据|依照|执行|執行|满足|參照|参照|遵照|遵守|参见|详见|见|見|引用|采用|代替|替代|取代|废止"
    r"|根据|《|》|法|standard|with|per)(?:号|编号|號|編號)?[ \t\u3000:：“(（《]{0,4}$",
    re.IGNORECASE,
)
PRODUCT = re.compile(
    r"(?:型号|货号|图号|料号|订单号?|合同(?:编?号)?|证书(?:编?号)?|许可证(?:编?号)?|批号|序列号|编码|车牌|航班|电话|传真|手机|邮编|档号|刊号|书号"
    r"|股票|代码|证券|税号|芯片|备案号?|项目编号|招标编号|采购编号|文号|账号|卡号|车次|房号|规格|機型|型號"
    r"|Model|S/N|P/N|No\.)[ \t\u3000]{0,2}(?:[:：为是][ \t]{0,2})?[A-Za-z0-9]{0,8}$",
    re.IGNORECASE,
)
TITLE = re.compile(r"[ \t\u3000:：,，]{1,4}[\u3400-\u9fff《“（(]|[《（(]")
# A unit of measure, glued or after one blank: what stands before it is an amount.
UNIT = re.compile(
    r" ?(?:[KMGT]?Hz|bit|(?:[KMT]i?B|Gi?B(?!/?T? ?\d{3}))(?:ps|/s)?|[KMG]bps|V(?:A|DC|AC)?(?!-)|m?A|[KMkm]?W|k?g|mm|cm|m[²³23]?|ml|mL|rpm|dB|Pa|[KM]Pa|℃|°|%|SSD|HDD|DDR\d?|RAM|ROM)(?![A-Za-z0-9])"
    r"|[ 　]?(?:内存|硬盘|存储|流量|显存|固态|版本|左右|以上|以下|个|台|套|人|元|万|岁|米|吨|公斤|倍|小时|分钟|秒|天|次|款|系列芯片|芯片|航班|接口|插头|灯|型|路公交|高速|摩托)"
)
MEMORY = re.compile(
    r"(?:内存|硬盘|存储|容量|显存|流量|磁盘|云盘|空间|内存条|带宽|缓存|RAM|SSD|ROM|DDR\d?|memory|disk)[^\n。；]{0,8}$",
    re.IGNORECASE,
)
MEMORY_RIGHT = re.compile(
    r"[ /+×x*]{0,3}(?:\d+ ?(?:GB|TB|MB|M|G|T)\b|SSD|HDD|DDR|RAM|ROM|内存|硬盘|存储|显存|固态|机械|缓存|MHz|GHz)"
)
CHARSETS = {"2312", "18030", "8859", "2022"}
CHARSET_LEFT = re.compile(
    r"(?:编码|編碼|字符集|字元集|字体|字庫|字库|仿宋|楷体|黑体|宋体|标宋|charset|encoding|decode|encode|码表|转码|支持|兼容|UTF-?8|GBK|Unicode|ASCII|BIG5)[^\n。；]{0,6}$",
    re.IGNORECASE,
)
CHARSET_RIGHT = re.compile(
    r"[ \t]?(?:编码|編碼|字符集?|字元集?|汉字|码|字体|字库|charset|encoding|encoded|格式|转|（?简体|、 ?UTF|/ ?UTF|,? ?UTF|、? ?GBK|/ ?GBK|和 ?UTF|与 ?UTF|和 ?GBK|[\"'])",
    re.IGNORECASE,
)
FILM = {"25", "50", "64", "80", "100", "125", "160", "200", "250", "320", "400", "500", "640", "800", "1000", "1250",
        "1600", "2000", "2500", "3200", "4000", "5000", "6400", "8000", "10000", "12800", "16000", "20000", "25600", "51200", "102400", "204800"}  # fmt: skip
PHOTO = re.compile(
    r"感光|快门|光圈|曝光|相机|相機|拍摄|拍照|镜头|鏡頭|噪点|胶片|摄影|夜景|夜拍|照片|底片|胶卷|焦距|[fF]/?\d\.\d|1/\d{2,4} ?[sS秒]|camera|film|shutter|exposure|aperture|photo",
    re.IGNORECASE,
)
CLASHING = {"SC", "SN", "SH", "WS", "HS", "MH", "CH", "DB", "SW", "SY", "MT", "MR", "KA", "JS", "TY", "WM", "WW", "GC", "GH", "GM",
            "DA", "SF", "SB", "WB", "BB", "CB", "HB", "QC", "XF", "XB", "TD", "TB", "YC", "LD", "LB", "FZ", "EJ", "DY", "QX", "JR", "ZY",
            "NB", "RB", "RF", "CY", "TJ", "ZB", "ZC", "GF", "JC", "HY", "WH", "WJ", "MZ", "YJ", "QJ", "CJ", "JG", "GA", "GY", "LS", "BJG", "GCG"}  # fmt: skip
# Codes of two letters that begin little else: a blank before and an end after them is enough.
PLAIN_CODES = {"HJ", "HG", "LY", "AQ", "JT", "QB", "NY", "SL", "DL", "YY"}
WEAK_FOREIGN = {"PAS", "PD", "AS", "IS", "MS", "NZS", "UIC", "OECD", "ICH", "IMO", "ICAO", "IIW", "OIE", "ACI", "EPA", "CSA", "API", "AWS",
                "SEMI", "KS", "SS", "UNI", "UNE", "NEN", "MSS", "SNI", "CIE", "EIA", "TIA", "IETF", "CEN", "PREN", "CAC", "NF", "ABNT", "HKCS",
                "SAE", "IPC", "MIL"}  # fmt: skip
AMOUNTS = {"PD", "MS", "IS", "PAS", "CSA", "ACI", "KS"}
FLANGES = {"125", "150", "250", "300", "400", "600", "900", "1500", "2500"}
NO_NUMBER = re.compile(r" ?[-‐‑‒–—―−－﹣─_]{1,2} ?\d{3}(?!\d)")
BRANCH = re.compile(r"-[a-z]{2}")  # jc/t1512-fix is a branch of code
NEXT_YEAR = re.compile(r"[ 　]?年")
PLACEHOLDER = re.compile(r"\.?[Xx×＊*□]{1,}|[ ]?[-—–－]{1,2}[ ]?(?:(?:19|20)\d?[Xx×□]|[Xx×□]{2})")
# What may follow a number without a blank: a number run together with it, or the first word of its title.
RUN_ON = re.compile(
    r"(?:GB|HJ|JB|JG|ISO|IEC|DB|QB|SN|NY|YY|DL|CJ|SL)(?:[/／ T]{0,3}\d|[/／]T)|pH|COD|BOD|(?:idt|IDT|eqv|EQV|neq|NEQ|mod|MOD)(?![A-Za-z])"
)
GOES_ON = re.compile(r" ?[-‐‑‒–—―−－_]{1,2} ?\d")
NUMBERED = re.compile(
    r"(?:^|[\n|\t])[ \t\u3000]*(?:[-•●·*–—]{1,2}|[(（\[【]?[\da-zA-Z一二三四五六七八九十]{1,4}[)）\]】.、．]?|[①-⑳]|\d+(?:\.\d+)+)?[ \t\u3000]*$"
)


def passes(text: str, start: int, end: int, hit: Hit, follows: bool) -> bool:
    """Return whether a Chinese number of a listed code stands here as a citation.

    ``follows`` says that it stands in a list right after another citation.
    """
    left = text[start - 1] if start else "\n"
    if (
        left.isalnum()
        and left.isascii()
        and not follows
        and not _beside_figures(text, start, end, hit, left)
    ):
        return False
    if left in "-/.@#$&=+\\~～" and not (hit.marked or hit.year) and not follows:
        return False
    if not _ends(text, end, hit):
        return False
    if hit.marked:
        return bool(hit.year) or hit.code != "GM" or len(hit.digits) > 3  # GMT-5 is a time
    before = text[max(0, start - 24) : start]
    if hit.code == "GB":
        return _national(text, start, end, hit, before)
    if len(hit.code) > 2 and hit.code not in CLASHING:
        return bool(hit.year) or not PRODUCT.search(before)
    if hit.year:
        return _dated(hit, before)
    return follows or _weak(text, start, end, hit, before)


def _beside_figures(text: str, start: int, end: int, hit: Hit, left: str) -> bool:
    """Whether a figure right before the code may be the number of a row, not an amount."""
    if not left.isdecimal():
        return hit.marked and left.islower() and hit.year != ""
    return (
        ((hit.marked or (hit.year != "" and not hit.loose))
        and not re.search(r"\d{4}$|\d{2}[GTM]?$", text[max(0, start - 4) : start]))
        or (hit.marked and hit.year != "")
    )


def _ends(text: str, end: int, hit: Hit) -> bool:
    after = text[end : end + 1]
    if not after:
        return True
    if not hit.year:
        if PLACEHOLDER.match(text, end) or BRANCH.match(text, end):
            return False
        if GOES_ON.match(text, end):
            return hit.marked or (hit.code == "GB" and len(hit.digits) > 3 and not NO_NUMBER.match(text, end))
    if after.isdecimal() and not hit.year:
        return False
    if len(hit.digits.partition(".")[0]) > 6 and not hit.marked and hit.code not in LETTERED_CODES:
        return False
    if after.isascii() and after.isalpha():
        if hit.year:
            return True
        return bool(RUN_ON.match(text, end)) and (hit.marked or len(hit.digits) > 3)
    return True


def _national(text: str, start: int, end: int, hit: Hit, before: str) -> bool:
    if hit.year and not hit.loose:
        return True
    base = hit.digits.partition(".")[0]
    counted = bool(re.search(r"\d[ \u3000]{0,2}$", before[-4:])) and not NUMBERED.search(
        text[max(0, start - 12) : start]
    )
    if UNIT.match(text, end) or MEMORY_RIGHT.match(text, end) or MEMORY.search(before):
        return False
    if not hit.year and NEXT_YEAR.match(text, end) and len(base) == 4 and base[:2] in {"19", "20"}:
        return False
    if counted and not hit.year and len(base) < 4 and not TITLE.match(text, end):
        return False
    if base in CHARSETS and not hit.year:
        return not _charset(text, start, end, hit, before)
    if len(base) < 3 and not hit.year:
        if _cell(text, start, end) and len(base) > 1:
            return True
        return (
            len(hit.digits) > 2
            or bool(HARD_CUE.search(before))
            or (bool(TITLE.match(text, end))
            and bool(NUMBERED.search(text[max(0, start - 12) : start])))
        )
    return True


def _charset(text: str, start: int, end: int, hit: Hit, before: str) -> bool:
    """Whether a number names an encoding of characters rather than the standard of it."""
    if (
        CHARSET_LEFT.search(before)
        or CHARSET_RIGHT.match(text, end)
        or before[-1:] in {"_", "'", '"', "=", "-"}
    ):
        return not re.search(r"(?:符合|执行|标准|《|依据|按照|遵循)[ :：《]{0,3}$", before)
    return hit.glued and not HARD_CUE.search(before)


def _dated(hit: Hit, before: str) -> bool:
    """Whether a code of two letters with a year is a citation: unless a product is spoken of."""
    if PRODUCT.search(before):
        return False
    doubtful = hit.loose or (
        hit.glued and (hit.digits[:2] in {"19", "20"} and len(hit.digits) == 4)
    )
    return not doubtful or bool(HARD_CUE.search(before))


def _weak(text: str, start: int, end: int, hit: Hit, before: str) -> bool:
    """Whether a bare code of two letters with a bare number is a citation."""
    if (
        UNIT.match(text, end)
        or PRODUCT.search(before)
        or (hit.digits[:2] in {"19", "20"} and NEXT_YEAR.match(text, end))
    ):
        return False
    if (
        not hit.glued
        and len(hit.digits) > 3
        and hit.digits.isdecimal()
        and hit.digits[:2] not in {"19", "20"}
        and _cell(text, start, end)
    ):
        return True
    line = text[max(0, start - 14) : start]
    row = NUMBERED.search(line) is not None
    if hit.code in CLASHING:
        if hit.glued:
            return bool(HARD_CUE.search(before)) and len(hit.digits) > 1 and _closes(text, end)
        return (bool(HARD_CUE.search(before)) and _closes(text, end)) or (
            row and len(hit.digits) > 1 and bool(TITLE.match(text, end))
        )
    if hit.glued:
        return (
            (bool(CUE.search(before)) or (row and bool(TITLE.match(text, end))))
            and len(hit.digits) > 1
            and _closes(text, end)
        )
    if not _closes(text, end) or re.search(r"[A-Za-z][,;]? $", before):
        return False
    alone = (
        not text[end : end + 2].strip()
        or text[end] in "\n、，,;；。)）"
        or bool(TITLE.match(text, end))
    )
    return bool(CUE.search(before)) or (
        len(hit.digits) > 1
        and alone
        and (row or (hit.code in PLAIN_CODES and before[-1:] in " \t\u3000"))
    )


def _cell(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line."""
    return (not start or text[start - 1] in "\n|\t") and (end == len(text) or text[end] in "\n|\t")


def _closes(text: str, end: int) -> bool:
    """Whether a number ends as a citation ends: at a Chinese character, a bracket, a mark, the end."""
    after = text[end : end + 1]
    return not after or not (after.isascii() and (after.isalnum() or after in "-_+=@#$%&*"))


def foreign_passes(text: str, start: int, end: int, hit: Hit, follows: bool) -> bool:
    """Return whether a number of a body from abroad stands here as a citation."""
    left = text[start - 1] if start else "\n"
    if (
        left.isascii()
        and left.isalnum()
        and not (follows or (hit.year and left.isdecimal()) or hit.code == "3GPP")
    ):
        return False
    if left in "-_.@#$=\\" and not hit.year and not follows:
        return False
    if PLACEHOLDER.match(text, end) and not hit.year:
        return False
    before = text[max(0, start - 24) : start]
    base = (re.search(r"\d+", hit.digits) or [""])[0]
    word = re.split(r"[/ -]", hit.code)[0]
    if hit.year and not hit.loose:
        return True
    if word in {"ISO", "IEC"}:
        return _international(text, start, end, hit, before, base)
    after = text[end : end + 3].lstrip()[:1]
    pure = hit.digits.isdecimal() and bool(base)
    if pure and (
        UNIT.match(text, end)
        or (base[:2] in {"19", "20"} and len(base) == 4 and after in {"年", "."})
    ):
        return False
    if word == "CIE" and base[:2] == "19":
        return False
    if word == "ANSI" and pure and base in FLANGES:
        return False
    if word == "DIN" and base == "35":
        return False
    if word == "API" and re.match(r"[2-9]\d?[A-Z]{1,2}$", hit.digits):
        return True
    if word in WEAK_FOREIGN and (
        pure or word == "AS" or (word in AMOUNTS and re.match(r"\d+[A-Z]{0,2}$", hit.digits))
    ):
        return (
            word not in {"AWS", "IMO", "CSA"}
            and len(base) > 1
            and bool(HARD_CUE.search(before) or follows)
            and not PRODUCT.search(before)
        )
    if word in {"EN", "BS", "DIN", "VDE", "CNS", "NFPA", "UL", "ANSI"} and pure:
        if word in {"EN", "BS"} and re.match(r" \d{3}(?!\d)", text[end : end + 5]):
            return False
        short = 2 if word in {"DIN", "UL", "NFPA"} else 3
        return (
            len(base) >= short
            and not re.search(r"\d ?$", before[-2:])
            and not (word == "EN" and base[:2] == "20")
        )
    return True


def _international(text: str, start: int, end: int, hit: Hit, before: str, base: str) -> bool:
    if hit.code in {"ISO", "IEC"} and hit.digits.isdecimal():
        if len(base) < 3 and not HARD_CUE.search(before):
            return False
        if UNIT.match(text, end) and len(base) < 4:
            return False
    if hit.code == "ISO" and base in FILM and PHOTO.search(text[max(0, start - 40) : end + 40]):
        return False
    if hit.code == "ISO" and (base.startswith("8859") or base == "2022"):
        if re.match(r"-\d", text[end : end + 2]) or _charset(text, start, end, hit, before):
            return False
    return True
