"""Numbers and classes (编号与分类): what a text says as a number; the two classifications."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query as Params
from ninja import Router

from rongbiao.standards.models import Standard
from rongbiao.texts.classes import SCHEMES, scheme
from rongbiao.texts.numbers import NotANumber, read_number

from . import schemas
from .problems import Problem

router = Router(tags=["编号与分类"])
LONGEST = 500
PROBLEMS = dict.fromkeys((401, 404, 422, 429), schemas.Problem)


@router.get(
    "/numbers",
    response={200: schemas.Number} | PROBLEMS,
    summary="识读编号",
)
def read(request: HttpRequest, text: str = Params(..., max_length=LONGEST)) -> dict[str, Any]:
    """识读一个标准编号，任何写法均可；读不出时 number 为 null，why 用一句话说明原因。"""
    try:
        number = read_number(text)
    except NotANumber as bad:
        return {"text": text, "number": None, "why": str(bad)}
    held = Standard.objects.filter(key=number.key).first()
    return {
        "text": text,
        "number": str(number),
        "shown": number.display,
        "kind": number.kind.value,
        "level": number.level,
        "publisher": number.publisher.name or None,
        "year": number.year,
        "key": number.key,
        "slug": held.slug if held else None,
    }


@router.get(
    "/classes/{key}",
    response={200: schemas.Classes} | PROBLEMS,
    summary="分类表",
)
def classes(request: HttpRequest, key: str) -> dict[str, Any]:
    """取国际标准分类（ics）或中国标准文献分类（ccs）的全部类目；中文名称未经确认的为空。"""
    if key not in SCHEMES:
        words = _("没有“{scheme}”这种分类，只有 ics 和 ccs。").format(scheme=key[:20])
        raise Problem("not-found", words)
    return {
        "scheme": key,
        "items": [
            {"code": one.code, "name": one.zh, "name_en": one.en, "parent": one.parent or None}
            for one in scheme(key).every.values()
        ],
    }
