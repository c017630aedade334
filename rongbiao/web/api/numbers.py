"""Numbers and classes (编号与分类): what a text says as a number; the two classifications."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Router
from ninja import Query as Params

from rongbiao.standards.models import Standard
from rongbiao.texts.classes import SCHEMES, scheme
from rongbiao.texts.numbers import NotANumber, read_number

from . import schemas
from .problems import Problem

router = Router(tags=[gettext_noop("编号与分类")])
LONGEST = 500
PROBLEMS = dict.fromkeys((401, 404, 422, 429), schemas.Problem)


@router.get(
    "/numbers",
    response={200: schemas.Number} | PROBLEMS,
    summary=gettext_noop("识读编号"),
    description=gettext_noop(
        "识读一个标准编号，任何写法均可；读不出时 number 为 null，why 用一句话说明原因。"
    ),
    openapi_extra={"x-example": "?text=gbt 1.1-2020"},
)
def read(
    request: HttpRequest,
    text: str = Params(..., max_length=LONGEST, description=gettext_noop("要识读的文字")),
) -> dict[str, Any]:
    """Read a text as a number, or say why it is none."""
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
    summary=gettext_noop("分类表"),
    description=gettext_noop(
        "取国际标准分类（ics）或中国标准文献分类（ccs）的全部类目；中文名称未经确认的为空。"
    ),
    openapi_extra={"x-example": "ics"},
)
def classes(
    request: HttpRequest, key: str = Path(..., description=gettext_noop("ics 或 ccs"))
) -> dict[str, Any]:
    """Give every class of one of the two classifications."""
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
