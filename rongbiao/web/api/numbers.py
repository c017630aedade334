"""Reading numbers (读编号): what a text says when it is a standard's number."""

from typing import Any

from django.http import HttpRequest
from ninja import Query as Params
from ninja import Router

from rongbiao.standards.models import Standard
from rongbiao.texts.numbers import NotANumber, read_number

from . import schemas

router = Router(tags=["编号与分类"])
LONGEST = 500


@router.get(
    "/numbers",
    response={
        200: schemas.Number,
        401: schemas.Problem,
        422: schemas.Problem,
        429: schemas.Problem,
    },
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
