"""Writing standards (登记标准): rows with their basis, by the same act as the officers' page.

A write bears an Idempotency-Key: sent again with the same content it changes nothing and
gets the first answer; with other content it is refused.
"""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from rongbiao.exchange import batches
from rongbiao.exchange.registers import REGISTERS
from rongbiao.parties.models import Reply, Token

from . import schemas
from .problems import Problem

router = Router(tags=[gettext_noop("登记")])
KEY = re.compile(r"[\x21-\x7e]{1,200}")
MOST_ROWS = 20_000
TRIES = 3
LINES = {"application/jsonl", "application/x-ndjson", "application/jsonlines"}
COLUMNS = {column.key: column for column in REGISTERS["standards"].incoming}
WRITE_PROBLEMS = {
    **dict.fromkeys((400, 401, 403, 409, 413, 415, 429), schemas.Problem),
    422: schemas.RowsProblem,
}
DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string"}


def properties() -> dict[str, Any]:
    """Return the columns of a row as OpenAPI describes them."""
    with translation.override("zh-hans"):
        found = {key: TEXT | {"description": str(one.heading)} for key, one in COLUMNS.items()}
    drafters = {"type": "array", "items": TEXT, "description": gettext_noop("本市起草单位")}
    return found | {"drafters": drafters}


ROW = {
    "type": "object",
    "description": gettext_noop("一行标准；栏目与成批登记模板相同"),
    "required": [key for key, column in COLUMNS.items() if column.needed],
    "properties": properties(),
    "additionalProperties": False,
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["rows"],
                    "properties": {
                        "basis": {"type": "string", "description": gettext_noop("依据文号；试读时可省")},
                        "basis_on": DAY | {"description": gettext_noop("依据的日期")},
                        "dry_run": {"type": "boolean", "default": False, "description": gettext_noop("是否试读")},
                        "rows": {
                            "type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": ROW,
                            "description": gettext_noop("要登记的标准，一至两万行"),
                        },
                    },
                },
                "example": {
                    "basis": "榕市监标〔2026〕1号",
                    "basis_on": "2026-03-02",
                    "rows": [
                        {
                            "number": "DB3501/T 001-2026", "title": "海带育苗技术规程",
                            "level": "municipal", "nature": "recommended",
                            "issued_on": "2026-02-27", "implemented_on": "2026-05-27",
                            "drafters": ["福州市海洋与渔业局"],
                        }
                    ],
                },
            },
            "application/jsonl": {
                "schema": {"type": "string", "description": gettext_noop("每行一个 JSON 对象，栏目同 rows")}
            },
        },
    },
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": gettext_noop("登记时必需；同一键再次提交相同内容，不会重复登记"),
        },
        *(
            {"in": "query", "name": name, "required": False, "schema": schema,
             "description": words}
            for name, schema, words in (
                ("basis", {"type": "string"}, gettext_noop("用 JSON Lines 提交时的依据文号")),
                ("basis_on", DAY, gettext_noop("用 JSON Lines 提交时的依据日期")),
                ("dry_run", {"type": "boolean"}, gettext_noop("用 JSON Lines 提交时是否试读")),
            )
        ),
    ],
    "security": [{"bearer": []}],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """What was sent."""

    rows: list[dict[str, Any]]
    basis: str
    basis_on: date | None
    dry_run: bool


@router.post(
    "/standards/batch",
    response={200: schemas.Report} | WRITE_PROBLEMS,
    summary=gettext_noop("成批登记标准"),
    description=gettext_noop(
        "按依据成批登记标准，全部登记或一行也不登记；dry_run 只试读，报告将新增、变更、不能接收的行。"
    ),
    openapi_extra=BODY,
)
def enter_batch(request: HttpRequest) -> Any:
    """Enter rows with their basis, all or none; a dry run reports and enters nothing."""
    sent = read_batch(request)
    content = table_of(sent.rows)
    for _attempt in range(TRIES):
        try:
            return dry_run(content) if sent.dry_run else once(request, sent, content)
        except IntegrityError:  # another batch entered the same thing at the same moment
            continue
    raise Problem("refused", _("另有登记正在写入相同的标准，请稍后再试。"))


@transaction.atomic
def once(request: HttpRequest, sent: Batch, content: bytes) -> HttpResponse:
    """Enter a batch unless its key was used before; then give the answer of then.

    The row of the key comes first: whoever comes with the same key waits for it.
    """
    token: Token = request.token
    key = request.headers.get("Idempotency-Key", "").strip()
    if not KEY.fullmatch(key):
        words = _("登记须附 Idempotency-Key：1 至 200 个可见的 ASCII 字符，每次登记各用一个。")
        raise Problem("bad-request", words)
    said = json.dumps([sent.basis, str(sent.basis_on)]).encode() + content
    digest = hashlib.sha256(said).hexdigest()
    if reply := given(token, key, digest):
        again = HttpResponse(reply.body, content_type="application/json")
        again["Idempotent-Replayed"] = "true"
        return again
    reply = Reply.objects.create(token=token, key=key, digest=digest)
    report = dry_run(content)
    if report["refused"]:
        words = _("有 {n} 处不能接收，没有登记任何一行。").format(n=len(report["refused"]))
        raise Problem("rows", words, refused=report["refused"])
    reply.body = json.dumps(enter(token, sent, content))
    reply.save(update_fields=["body"])
    return HttpResponse(reply.body, content_type="application/json")


def given(token: Token, key: str, digest: str) -> Reply | None:
    """Return the reply given under a key; raises Problem when it was to another content."""
    reply = Reply.objects.filter(token=token, key=key).first()
    if reply is not None and reply.digest != digest:
        raise Problem("key-reused", _("这个幂等键已用于另一内容，请为新的登记换一个。"))
    return reply


def enter(token: Token, sent: Batch, content: bytes) -> dict[str, Any]:
    """Enter rows by the officers' own act, in the token's post."""
    day = timezone.localdate()
    report = batches.enter(
        "standards",
        content,
        f"api-{day}.csv",
        basis=sent.basis,
        basis_on=sent.basis_on,
        actor=token.post,
        day=day,
    )
    return said_of(report, dry=False)


def dry_run(content: bytes) -> dict[str, Any]:
    """Return what entering rows would do."""
    return said_of(batches.dry_run("standards", content, "api.csv"), dry=True)


def said_of(report: batches.BatchReport, *, dry: bool) -> dict[str, Any]:
    """Return a report as JSON; rows are counted without the line of headings."""
    refused = [
        {"row": line - 1, "column": column, "why": why} for line, column, why in report.refused
    ]
    return {
        "dry_run": dry,
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "units": report.units,
        "refused": refused[: batches.MOST_REFUSED],
    }


def read_batch(request: HttpRequest) -> Batch:
    """Read what was sent, as JSON or as JSON Lines; raises Problem for what cannot be read."""
    media = (request.content_type or "").lower()
    if media not in LINES | {"application/json"}:
        raise Problem("media-type", _("请用 application/json 或 application/jsonl 提交。"))
    try:
        text = body_of(request).decode()
        if media in LINES:
            said: Any = {name: request.GET[name] for name in request.GET}
            said["rows"] = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            said = json.loads(text)
    except (ValueError, RecursionError) as bad:
        raise Problem("bad-request", _("内容不是完整的 JSON（UTF-8）。")) from bad
    if not isinstance(said, dict) or not isinstance(said.get("rows"), list):
        raise Problem("bad-request", _("内容应为一个对象，其中 rows 是各行的数组。"))
    dry = said.get("dry_run", False)
    return Batch(
        rows=checked(said["rows"]),
        basis=text_of(said.get("basis", "")),
        basis_on=day_of(said.get("basis_on")),
        dry_run=dry if isinstance(dry, bool) else str(dry).lower() in {"true", "1", "yes"},
    )


def body_of(request: HttpRequest) -> bytes:
    """Return what was sent, whole; raises Problem when it is too much or was cut."""
    try:
        return request.body
    except RequestDataTooBig as bad:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        words = _("内容超过 {n} MB 的上限，请分次提交。").format(n=most)
        raise Problem("too-large", words) from bad
    except UnreadablePostError as bad:
        raise Problem("bad-request", _("内容没有收全，请重新提交。")) from bad


def text_of(value: Any) -> str:
    """Return a text that a database can keep."""
    text = value if isinstance(value, str) else ""
    return text.encode(errors="ignore").decode().replace("\x00", "").strip()[:200]


def day_of(value: Any) -> date | None:
    """Return a day in ISO, or None; raises Problem for anything else."""
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as bad:
        raise Problem("bad-request", _("依据日期 basis_on 应写作 2025-03-01。")) from bad


def checked(rows: list[Any]) -> list[dict[str, Any]]:
    """Return rows of known columns with plain values; raises Problem for any other."""
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Problem("bad-request", _("每次登记 1 至 {n} 行。").format(n=MOST_ROWS))
    refused = []
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            refused.append({"row": place, "column": "", "why": _("每一行应为一个对象")})
            continue
        for key, value in row.items():
            listed = key == "drafters" and isinstance(value, list)
            parts = value if listed else [value]
            if key not in COLUMNS:
                refused.append({"row": place, "column": key[:40], "why": _("没有这一栏")})
            elif not all(plain(part) for part in parts):
                refused.append({"row": place, "column": key, "why": _("应为文字，且不含控制字符")})
    if refused:
        words = _("有 {n} 处不能接收，没有登记任何一行。").format(n=len(refused))
        raise Problem("rows", words, refused=refused[: batches.MOST_REFUSED])
    return rows


def plain(value: Any) -> bool:
    """Tell whether a cell is nothing, or a text that every database can keep."""
    if value is None:
        return True
    if not isinstance(value, str) or any(letter < " " for letter in value):
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def table_of(rows: list[dict[str, Any]]) -> bytes:
    """Return rows as the table that an officer would have uploaded."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([str(column.heading) for column in COLUMNS.values()])
    for row in rows:
        cells = ((key, row.get(key)) for key in COLUMNS)
        writer.writerow(["、".join(v) if isinstance(v, list) else (v or "") for _key, v in cells])
    return target.getvalue().encode()
