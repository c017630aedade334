"""Citations (引用): which standards a text cites, where, which clause of them, what they adopt.

A citation is read where it stands, in any notation, and given in the canonical form of
``rongbiao.texts.numbers``; its place is a place in the text as it came::

    应符合GB／T 19001—2016（ISO 9001：2015，IDT）第8.4条及GB 3100～3102-93的规定
         └───────┬───────┘ └─────┬─────┘        └──┬──┘ └──────┬──────┘
      GB/T 19001-2016     ISO 9001:2015      clause   GB 3100-1993~GB 3102-1993
       adopts ISO 9001:2015, relation IDT   of the first

>>> text = "应符合GB／T 19001—2016（ISO 9001：2015，IDT）及GB 3100～3102-93第2章的规定"
>>> for one in find_citations(text):
...     print(one.number, one.text, one.dated, one.clause or "-", one.relation or "-")
GB/T 19001-2016 GB／T 19001—2016 True - IDT
ISO 9001:2015 ISO 9001：2015 True - -
GB 3100-1993~GB 3102-1993 GB 3100～3102-93 True 第2章 -

Each member of a list is a citation, a range is one, an adoption gives two:

>>> [str(one.number) for one in find_citations("GB 2760、2762，GB/T 2423.1、.2和.3，GB/T 17626（所有部分）")]
['GB 2760', 'GB 2762', 'GB/T 2423.1', 'GB/T 2423.2', 'GB/T 2423.3', 'GB/T 17626 (all parts)']

What only looks like a number gives none: memory, models, committees, placeholders, files:

>>> find_citations("16GB内存，WS2812灯带，SAC/TC 286，GB/T XXXXX—XXXX，榕政综〔2023〕157号，仿宋_GB2312")
[]

Statutes cite in general words; these wait for a person who knows which standard is meant:

>>> [one.text for one in find_mentions("产品应当符合强制性国家标准。")]
['强制性国家标准']
"""

from __future__ import annotations

from .citation import Citation, Mention
from .finding import find_citations
from .general import find_mentions

__all__ = ["Citation", "Mention", "find_citations", "find_mentions"]
