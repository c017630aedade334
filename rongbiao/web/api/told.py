"""The description for people (接口说明): what OpenAPI says, read into what a page shows.

Words are those of the description, in the language of whoever reads the page.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rongbiao.standards.models import Standard

from .operations import description

OK = 200
KINDS = {
    "string": pgettext_lazy("type", "文本"),
    "integer": pgettext_lazy("type", "整数"),
    "number": pgettext_lazy("type", "数"),
    "boolean": "true / false",
    "object": pgettext_lazy("type", "对象"),
    "null": "null",
}
DAY = pgettext_lazy("type", "日期")
WHERE = {
    "path": gettext_lazy("网址"),
    "query": gettext_lazy("参数"),
    "header": gettext_lazy("请求头"),
}


@dataclass(frozen=True)
class Line:
    """One parameter or field: its name, where it stands, what it is and what may be said."""

    name: str
    where: Any
    kind: str
    shape: str  # the schema it is made of, if any
    needed: bool
    words: str
    choices: list[str]


@dataclass(frozen=True)
class Body:
    """One way to send content: its media type and the fields, or a sentence instead."""

    media: str
    words: str
    lines: list[Line]
    example: str


@dataclass(frozen=True)
class Operation:
    """One address with one method."""

    key: str
    method: str
    address: str
    name: str
    words: str
    example: str | None
    lines: list[Line]
    bodies: list[Body]
    answer: str  # the schema of the answer
    errors: list[str]


@dataclass(frozen=True)
class Shape:
    """One schema: what it is and its fields."""

    name: str
    words: str
    lines: list[Line]


def said(words: str) -> str:
    """Return words of the description in the language of the page."""
    return _(words) if words else ""


def kind_of(schema: dict[str, Any]) -> tuple[str, str]:
    """Return what a value is, in words, and the schema it is made of."""
    if ref := schema.get("$ref"):
        name = ref.rpartition("/")[2]
        return name, name
    if any_of := schema.get("anyOf"):
        found = [kind_of(one) for one in any_of]
        shape = next((name for _kind, name in found if name), "")
        return _("或").join(kind for kind, _name in found), shape
    if schema.get("type") == "array":
        kind, shape = kind_of(schema.get("items", {}))
        return _("{kind}的列表").format(kind=kind), shape
    if schema.get("type") == "object" and "additionalProperties" in schema:
        inner = schema["additionalProperties"]
        if isinstance(inner, dict):
            kind, shape = kind_of(inner)
            return _("名称到{kind}").format(kind=kind), shape
    if schema.get("format") == "date":
        return str(DAY), ""
    return str(KINDS.get(schema.get("type", ""), "")), ""


def choices_of(schema: dict[str, Any]) -> list[str]:
    """Return the values of which one has to be said, if they are named."""
    inner = schema.get("items", schema)
    return [str(one) for one in inner.get("enum", [])]


def fields(schema: dict[str, Any]) -> list[Line]:
    """Return the fields of an object."""
    needed = schema.get("required", [])
    return [
        Line(
            name,
            "",
            *kind_of(one),
            name in needed,
            said(one.get("description", "")),
            choices_of(one),
        )
        for name, one in schema.get("properties", {}).items()
    ]


def parameter(one: dict[str, Any]) -> Line:
    """Return a parameter of an operation."""
    schema, words = one["schema"], said(one.get("description", ""))
    choices = choices_of(schema)
    return Line(one["name"], WHERE[one["in"]], *kind_of(schema), one["required"], words, choices)


def bodies(operation: dict[str, Any]) -> Iterator[Body]:
    """Yield the ways to send content; the fields of a row follow those of the whole."""
    content = operation.get("requestBody", {}).get("content", {})
    for media, told in content.items():
        schema = told["schema"]
        lines = fields(schema)
        for name, one in schema.get("properties", {}).items():
            rows = fields(one.get("items", {}))
            lines += [
                Line(f"{name}[].{row.name}", "", row.kind, "", row.needed, row.words, [])
                for row in rows
            ]
        shown = (
            json.dumps(told["example"], ensure_ascii=False, indent=2) if "example" in told else ""
        )
        yield Body(media, said(schema.get("description", "")), lines, shown)


def example(address: str, operation: dict[str, Any]) -> str | None:
    """Return an address to look at, if the operation only reads."""
    whole, brace, _rest = address.partition("{")
    if (given := operation.get("x-example")) is not None:
        return whole + given
    newest = Standard.objects.order_by("-pk").first() if brace else None
    return whole + newest.slug if newest else None


def operations() -> dict[str, list[Operation]]:
    """Return every operation under the name of its group."""
    groups: dict[str, list[Operation]] = {}
    paths = description()["paths"].items()
    every = [(address, *pair) for address, methods in paths for pair in methods.items()]
    for address, method, one in sorted(every, key=lambda row: row[1] != "get"):  # reading first
        answers = one["responses"]
        told = answers[OK]["content"]["application/json"]["schema"]
        reads = method == "get"
        groups.setdefault(said(one["tags"][0]), []).append(
            Operation(
                key=one["operationId"].rpartition("_api_")[2],
                method=method.upper(),
                address=address,
                name=said(one["summary"]),
                words=said(one["description"]),
                example=example(address, one) if reads else None,
                lines=[parameter(line) for line in one.get("parameters", [])],
                bodies=list(bodies(one)),
                answer=kind_of(told)[1],
                errors=[str(status) for status in sorted(answers) if status != OK],
            )
        )
    return groups


def shapes() -> list[Shape]:
    """Return the schemas that answers are made of, by name."""
    found = description()["components"]["schemas"]
    return [
        Shape(name, said(one.get("description", "")), fields(one))
        for name, one in sorted(found.items())
        if name != "Asked"  # its fields are parameters
    ]
