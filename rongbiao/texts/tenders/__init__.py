"""Tenders (采购文件): wordings that may shut suppliers out, each with the rule it touches.

What is found is a question for a person, never a verdict: the words show what article 20 of the
Regulation on the Implementation of the Government Procurement Law usually means by its items.
``rule`` is a key of the table of law (``procurement``, group ``tender``); the patterns are data
(``signs.toml``).

>>> for one in find_doubts("投标人获得福州市政府质量奖的，得3分。灯具应为飞利浦品牌。品牌不限。"):
...     print(one.sign.rule, one.text)
region 投标人获得福州市政府质量奖的，得3分。
brand 灯具应为飞利浦品牌。
"""

from __future__ import annotations

from .doubts import SIGNS, Doubt, Sign, find_doubts
from .sentences import Sentence, sentence_at, sentences

__all__ = ["SIGNS", "Doubt", "Sentence", "Sign", "find_doubts", "sentence_at", "sentences"]
