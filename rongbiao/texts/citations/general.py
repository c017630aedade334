"""General references (概括引用): standards that a text cites in words alone, for a person to link.

Statutes cite so: “应当符合强制性国家标准”. What is found is the words, never a number.
"""

from __future__ import annotations

import re

from .citation import Mention
from .words import any_of

LEVEL = any_of("general", "level")
PHRASE = re.compile(
    rf"(?:{any_of('general', 'verb')})(?:[^。；;\n，,《》A-Za-z0-9]{{0,16}}?)"
    rf"(?P<said>(?>(?:{any_of('general', 'before')}){{0,6}})(?:{LEVEL}|{any_of('general', 'kind')})(?!化|號|号)"
    rf"(?>(?:(?:、|和|或者|或|以及|及)(?:强制性|推荐性|強制性|推薦性)?(?:{LEVEL})){{0,4}}))"
)
NAMES = {
    "国际": "international", "國際": "international", "国家": "national", "國家": "national", "国标": "national",
    "行业": "sector", "行業": "sector", "地方": "local", "团体": "group", "團體": "group",
    "企业": "enterprise", "企業": "enterprise",
}  # fmt: skip
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
