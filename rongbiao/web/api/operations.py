"""The operations of the API with what they say of themselves, and how errors are answered."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from rongbiao.parties.refused import Refused

from . import batch, dumps, numbers, standards
from .problems import MEDIA, Problem, of_parameters, problem

VERSION = "1"
PREFIX = "api/"
INTRODUCTION = gettext_noop("读取公开，与网页同样的条件、同样的结果；登记须用令牌。")
HABITS = (  # what every operation has in common
    (gettext_noop("逐页"), gettext_noop("沿每一页的 next 取到 null 为止。")),
    (
        gettext_noop("缓存"),
        gettext_noop("答复带 ETag；附 If-None-Match 再问，没有变化时答 304。"),
    ),
    (
        gettext_noop("限次"),
        gettext_noop("超过每分钟的次数答 429，Retry-After 是应等的秒数。"),
    ),
    (
        gettext_noop("令牌"),
        gettext_noop("在“账号安全”页生成，放在 Authorization: Bearer 之后。"),
    ),
    (
        gettext_noop("出错"),
        gettext_noop(
            "答 application/problem+json（RFC 9457），code 供程序判断，detail 是一句完整的话。"
        ),
    ),
    (gettext_noop("成批"), gettext_noop("成批取数请用每日全量 /api/dumps，不必逐页。")),
)
ABOUT = "\n".join([INTRODUCTION, "", *(f"- {name}：{words}" for name, words in HABITS)])


class Readable(JSONRenderer):
    """JSON in which Chinese stays Chinese."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="榕标数据接口",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Readable(),
)
for router in (batch.router, standards.router, numbers.router, dumps.router):
    api.add_router("", router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, exception: Problem) -> HttpResponse:
    return exception.answer()


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, exception: Refused) -> HttpResponse:
    return problem("refused", str(exception))


@api.exception_handler(ValidationError)
def on_parameters(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    return of_parameters(exception.errors)


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, exception: Http404) -> HttpResponse:
    return problem("not-found", str(exception) or _("没有找到。"))


@api.exception_handler(HttpError)
def on_error(request: HttpRequest, exception: HttpError) -> HttpResponse:
    return problem("bad-request", _("请求无法识别，请对照接口说明。"))


@cache
def description() -> dict:
    """Return the OpenAPI description, with problems under their own media type; made once."""
    said = dict(api.get_openapi_schema(path_prefix=PREFIX))
    for operations in said["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and "content" in answer:
                    answer["content"] = {MEDIA: next(iter(answer["content"].values()))}
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "账号安全页生成的令牌"}
    }
    said["components"] = {**said["components"], "securitySchemes": schemes}
    return said
