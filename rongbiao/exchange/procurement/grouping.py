"""Grouping (技术、服务、安全): a guess by words, told as one; a person changes it.

Article 45 names the three and does not say what belongs where. In this order: words of safety in
the title; a mandatory national standard (Standardization Law, art. 10: they are made for health,
safety and the environment); words of service in the title; then the same words in the sentence
that cites it; what says nothing is technical.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .tender import Group

SAFETY = re.compile(
    "安全|防火|消防|防爆|防雷|防护|阻燃|燃烧性能|卫生|有害物质|限量|有毒|应急|辐射|触电|疏散|抗震"
)
SERVICE = re.compile(
    "服务|物业|养老|护理|保洁|保安|餐饮|配餐|培训|运维|维护保养|售后|客户|顾客|投诉|满意"
)
MANDATORY = re.compile(r"GB ?\d")


def group_of(number: str, title: str, sentence: str) -> tuple[Group, str]:
    """Return the group of a cited standard and, in words, what the guess rests on."""
    if found := SAFETY.search(title):
        return Group.SAFETY, _("名称含“{word}”").format(word=found[0])
    if MANDATORY.match(number):
        return Group.SAFETY, _("强制性国家标准（《标准化法》第十条）")
    if found := SERVICE.search(title):
        return Group.SERVICE, _("名称含“{word}”").format(word=found[0])
    if found := SAFETY.search(sentence):
        return Group.SAFETY, _("条文含“{word}”").format(word=found[0])
    if found := SERVICE.search(sentence):
        return Group.SERVICE, _("条文含“{word}”").format(word=found[0])
    return Group.TECHNICAL, _("没有安全、服务的提示词，归入技术")
