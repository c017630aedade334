"""Dumps (每日全量): the whole register as files, with their checksums."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from rongbiao.exchange import dump

from . import schemas
from .problems import problem

PIECE = 64 * 1024
router = Router(tags=[gettext_noop("每日全量")])


@router.get(
    "/dumps",
    response={200: schemas.Dumps, 401: schemas.Problem, 429: schemas.Problem},
    summary=gettext_noop("每日全量数据"),
    description=gettext_noop(
        "列出保留的每日全量数据（gzip 压缩的 JSON Lines），最新的在前，各附 SHA-256。"
        "每个文件可在其 url 下载；文件名加 .sha256 是它的校验文件，用 sha256sum -c 核对。"
    ),
    openapi_extra={"x-example": ""},
)
def list_dumps(request: HttpRequest) -> dict[str, Any]:
    """List the dumps that are kept, the newest first, each with its checksum."""
    return {
        "items": [
            {
                "name": one.name,
                "day": one.day,
                "size": one.size,
                "sha256": one.sha256,
                "url": request.build_absolute_uri(reverse("api:dump", args=[one.name])),
            }
            for one in dump.kept()
        ]
    }


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file; it is opened when its first piece is asked for, and not for a 304."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give one dump, or its checksum, to save."""
    found = next((one for one in dump.kept() if name in {one.name, one.checksum.name}), None)
    if found is None:
        return problem("not-found", _("没有这份全量数据，可能已满七日而删去。"))
    path = found.path if name == found.name else found.checksum
    media = "application/gzip" if path is found.path else "text/plain; charset=utf-8"
    answer = StreamingHttpResponse(pieces(path), content_type=media)
    answer["Content-Length"] = str(path.stat().st_size)
    answer["Content-Disposition"] = content_disposition_header(True, path.name)
    answer["Last-Modified"] = http_date(path.stat().st_mtime)
    if path is found.path:
        answer["ETag"] = f'"{found.sha256}"'
        digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
        answer["Repr-Digest"] = f"sha-256=:{digest}:"
    return answer
