"""Words of sources (来源用语): the codes that ISO, IEC, JIS and others send, in words of the page.

What is not in a table stays as the source wrote it, marked as the source's own word.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

# Codes stand in small letters but where two sources mean two things: PUBLISHED is Published.
FORMS: dict[str, Any] = {
    "international-standard": gettext_lazy("国际标准"),
    "international-standardized-profile": gettext_lazy("国际标准化轮廓"),
    "international-workshop-agreement": gettext_lazy("国际研讨会协议"),
    "technical-specification": gettext_lazy("技术规范"),
    "technical-report": gettext_lazy("技术报告"),
    "technical-committee-document": gettext_lazy("技术委员会文件"),
    "publicly-available-specification": gettext_lazy("可公开提供的规范"),
    "guide": gettext_lazy("指南"),
    "recommendation": gettext_lazy("建议书"),
    "amendment": gettext_lazy("修改单"),
    "corrigendum": gettext_lazy("技术勘误"),
    "technical-corrigendum": gettext_lazy("技术勘误"),
    "addendum": gettext_lazy("补充件"),
    "japanese-industrial-standard": gettext_lazy("日本工业标准"),
}
STAGES: dict[str, Any] = {
    "published": gettext_lazy("已出版"),
    "revised": gettext_lazy("已修订"),
    "valid": gettext_lazy("有效"),
    "WITHDRAWN": gettext_lazy("已撤销"),  # as IEC writes it; JIS writes small letters
    "withdrawn": gettext_lazy("已废止"),
    "deleted": gettext_lazy("已取消"),
}
# ISO's harmonized stage codes: a code by itself, else the stage that its first figures name.
HARMONIZED: dict[str, Any] = {
    "60.00": gettext_lazy("正在出版"),
    "60.60": gettext_lazy("已出版"),
    "90.20": gettext_lazy("复审中"),
    "90.60": gettext_lazy("复审结束"),
    "90.92": gettext_lazy("待修订"),
    "90.93": gettext_lazy("确认有效"),
    "95.99": gettext_lazy("已撤销"),
    "00": gettext_lazy("预研"),
    "10": gettext_lazy("提案"),
    "20": gettext_lazy("起草"),
    "30": gettext_lazy("委员会"),
    "40": gettext_lazy("征询"),
    "50": pgettext_lazy("项目阶段", "批准"),
}


def form_words(said: str) -> str:
    """Return the kind of a document in words."""
    return _words(FORMS, said)


def stage_words(said: str) -> str:
    """Return the stage of a project in words; a harmonized code stands behind its words."""
    code = said.strip()
    if words := HARMONIZED.get(code) or HARMONIZED.get(code.partition(".")[0]):
        return _("{words}（{code}）").format(words=words, code=code)
    return _words(STAGES, said)


def _words(table: dict[str, Any], said: str) -> str:
    code = said.strip()
    if words := table.get(code) or table.get(code.lower().replace(" ", "-")):
        return str(words)
    # Registers at home write Chinese words already; only a code of abroad needs the mark.
    return _("{words}（来源用语）").format(words=code) if code.isascii() and code else code
