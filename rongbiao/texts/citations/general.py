"""General references (概括引用): standards that a text cites in words alone, for a person to link.

Statutes cite so: “应当符合强制性国家标准”. What is found is the words, never a number.
"""

from __future__ import annotations

import re

from .citation import Mention

VERB = "符合|執行|执行|按照|依照|遵守|遵循|达到|達到|满足|滿足|依据|依據|根据|根據|参照|參照|采用|採用|适用|不低于|不低於|低于|严于|违反|違反"
LEVEL = (
    "国家标准|國家標準|国标|行业标准|行業標準|地方标准|地方標準|团体标准|團體標準|企业标准|企業標準|国际标准|國際標準"
    "|强制性标准|強制性標準|推荐性标准|推薦性標準"
)
BEFORE = "国家|國家|行业|行業|地方|本省|本市|现行|現行|有关|有關|相关|相關|规定的?|的|强制性|強制性|推荐性|推薦性|或者|或|和|、|以及"
KIND = "技术标准|质量标准|質量標準|安全标准|卫生标准|排放标准|标准|標準"
PHRASE = re.compile(
    rf"(?:{VERB})(?:[^。；;\n，,《》A-Za-z0-9]{{0,16}}?)(?P<said>(?:{BEFORE}){{0,6}}+(?:{LEVEL}|{KIND})(?!化|號|号)"
    rf"(?:(?:、|和|或者|或|以及|及)(?:强制性|推荐性|強制性|推薦性)?(?:{LEVEL})){{0,4}}+)"
)
NAMES = {"国际": "international", "國際": "international", "国家": "national", "國家": "national", "国标": "national",
         "行业": "sector", "行業": "sector", "地方": "local", "团体": "group", "團體": "group", "企业": "enterprise", "企業": "enterprise"}  # fmt: skip


LEAD = re.compile("的|规定的?|或者|或|和|、|以及")


def find_mentions(text: str) -> list[Mention]:
    """Return where a text cites standards in general words, in order.

    >>> [(one.text, one.level, one.mandatory) for one in find_mentions("产品应当符合强制性国家标准。")]
    [('强制性国家标准', 'national', True)]
    """
    out = []
    for whole in PHRASE.finditer(text):
        said = whole["said"]
        start = whole.start("said")
        while said and (lead := LEAD.match(said)):
            said, start = said[lead.end() :], start + lead.end()
        levels = [name for word, name in NAMES.items() if word in said]
        mandatory = (
            True
            if re.search("强制|強制", said)
            else False
            if re.search("推荐|推薦", said)
            else None
        )
        out.append(
            Mention(
                start, whole.end("said"), said, levels[0] if len(levels) == 1 else "", mandatory
            )
        )
    return out
