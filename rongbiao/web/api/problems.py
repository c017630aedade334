"""Problems (出错答复): what the API says when it cannot, as RFC 9457 has it: problem+json."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA = "application/problem+json"
# machine code → (status, title)
CODES: dict[str, tuple[int, Any]] = {
    "bad-request": (400, gettext_lazy("请求无法识别")),
    "token-needed": (401, gettext_lazy("需要令牌")),
    "token-refused": (401, gettext_lazy("令牌无效")),
    "not-allowed": (403, gettext_lazy("无权办理")),
    "not-found": (404, gettext_lazy("没有找到")),
    "method": (405, gettext_lazy("不支持的方法")),
    "refused": (409, gettext_lazy("不予办理")),
    "key-reused": (409, gettext_lazy("幂等键已用于另一内容")),
    "too-large": (413, gettext_lazy("内容过大")),
    "media-type": (415, gettext_lazy("内容类型不支持")),
    "parameters": (422, gettext_lazy("参数有误")),
    "rows": (422, gettext_lazy("有的行不能接收")),
    "too-often": (429, gettext_lazy("请求过于频繁")),
}

# What can be wrong with a parameter, by pydantic's name for it, which has only English words.
KINDS: dict[str, Any] = {
    "missing": gettext_lazy("没有填写。"),
    "literal_error": gettext_lazy("应是下列之一：{expected}。"),
    "string_too_long": gettext_lazy("最多 {max_length} 个字符。"),
    "greater_than_equal": gettext_lazy("不得小于 {ge}。"),
    "less_than_equal": gettext_lazy("不得大于 {le}。"),
    **dict.fromkeys(
        ("int_parsing", "int_parsing_size", "int_type", "int_from_float"),
        gettext_lazy("应是整数。"),
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), gettext_lazy("应是 true 或 false。")),
    **dict.fromkeys(
        ("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        gettext_lazy("没有这一天，日期应写作 2025-03-01。"),
    ),
}
OTHERWISE = gettext_lazy("不能识读，请对照接口说明。")
QUOTED = re.compile(r"'([^']*)'")


class Problem(Exception):
    """Something that the API answers with a problem; ``code`` is one of ``CODES``."""

    def __init__(self, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.code, self.detail, self.more = code, detail, more

    def answer(self) -> HttpResponse:
        """Return the answer."""
        return problem(self.code, self.detail, **self.more)


def problem(code: str, detail: str, **more: Any) -> HttpResponse:
    """Return a problem: a code for the program, a full sentence for its author."""
    status, title = CODES[code]
    said = {
        "type": f"urn:rongbiao:problem:{code}",
        "title": str(title),
        "status": status,
        "code": code,
        "detail": detail,
    } | more
    text = json.dumps(said, ensure_ascii=False).encode(errors="replace")
    return HttpResponse(text, status=status, content_type=MEDIA)


def of_parameters(errors: list[dict[str, Any]]) -> HttpResponse:
    """Return the problem of parameters that cannot be read, each named with what is wrong."""
    wrong = [{"name": _name(one.get("loc") or ()), "why": _why(one)} for one in errors]
    named = "、".join(dict.fromkeys(one["name"] for one in wrong))
    words = _("这些参数的取值不对：{named}。可填的值见接口说明。").format(named=named)
    return problem("parameters", words, parameters=wrong)


def _name(path: Sequence[str | int]) -> str:
    """Return the parameter of a path; a number is only the place in a list of values."""
    return next((part for part in reversed(path) if isinstance(part, str)), "?")[:100]


def _why(error: dict[str, Any]) -> str:
    """Say in the reader's language what is wrong with a value."""
    about = error.get("ctx") or {}
    if error.get("type") == "value_error" and about.get("error"):
        return str(about["error"])[:300]  # a sentence of our own
    words = str(KINDS.get(str(error.get("type")), OTHERWISE))
    if "{expected}" in words:
        choices = QUOTED.findall(str(about.get("expected", "")))
        about = {"expected": _("、").join(choices)}
    return words.format_map(defaultdict(str, about))[:300]
