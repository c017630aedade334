"""An enterprise of the story: asks for its account, is confirmed, writes, declares, changes, replaces."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Post
from rongbiao.procedures.correction import correct
from rongbiao.procedures.enterprise_account import EnterpriseAccount
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.shell import demo_accounts
from rongbiao.standards import declaring, edits, requirements
from rongbiao.standards.checks.running import check
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Declaration
from rongbiao.texts.credit_codes import check_character

Event = tuple[date, str, Callable[[date], None]]
COLUMNS = ("name", "limit", "unit", "method")


def read(folder: Path) -> dict[str, Any]:
    """Read the declaring enterprise of a city's story; a city may have none."""
    path = folder / "declared.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text()) if path.exists() else {}
    return told


def events(
    told: dict[str, Any], posts: dict[str, Post], accounts: list[dict[str, Any]], today: date
) -> Iterator[Event]:
    """Yield every act of the enterprise, and of the office on its account, on its day."""
    if not told:
        return
    asked = today - timedelta(days=told["asked_ago"])
    office = posts["office"]
    yield asked, "企业申请账号", partial(ask, told, accounts)
    yield asked + timedelta(days=1), "核实企业账号", partial(confirm, told, office)
    yield asked + timedelta(days=2), "登记对照的标准", partial(reference, told, office)
    for row in told["items"]:
        day = today - timedelta(days=row["ago"])
        yield day, "企业声明标准", partial(declare, told, row)


def ask(told: dict[str, Any], accounts: list[dict[str, Any]], day: date) -> None:
    """The enterprise asks for an account."""
    password = demo_accounts.new_password()
    code = told["code"] + check_character(told["code"])
    said = {
        "title": told["unit"], "code": code, "kind": "enterprise", "role": "agent",
        "person": told["person"], "account": told["account"], "phone": told["phone"],
        "password": password, "again": password,
    }  # fmt: skip
    licence = SimpleUploadedFile("营业执照（演示）.txt", "营业执照（演示）".encode())
    files = {"licence": licence}
    desk.open_case(
        EnterpriseAccount, actor=None, day=day, answers=said, files=files, demonstration=True
    )
    who = f"{told['unit']}，单位经办人"
    accounts.append({"account": told["account"], "password": password, "who": who, "totp": False})


def confirm(told: dict[str, Any], office: Post, day: date) -> None:
    """The office confirms it."""
    case = Case.objects.get(procedure_key=EnterpriseAccount.key, title=told["unit"])
    desk.act(case, "accept", actor=office, day=day)


def reference(told: dict[str, Any], office: Post, day: date) -> None:
    """The office enters the standards of the demonstration with what they require."""
    for row in told["standards"]:
        columns = {
            "title": row["title"], "nature": row["nature"], "level": "national",
            "issued_on": date(2020, 6, 1), "implemented_on": date(2020, 12, 1), "status": "current",
        }  # fmt: skip
        basis = edits.Basis(told["basis"], day, "演示")
        by: dict[str, Any] = {"actor": office, "day": day}
        standard = correct(None, edits.Wanted(columns=columns), basis, number=row["number"], **by)
        requirements.enter(standard, row["requirements"], told["basis"], **by)


def declare(told: dict[str, Any], row: dict[str, Any], day: date) -> None:
    """The enterprise writes one standard and, unless it stays a draft, declares it."""
    actor = Post.objects.get(person__username=told["account"])
    kind = next(key for key in ("own", "other", "draft") if key in row)
    number, title, products, references, notice, indicators = row[kind]
    old = Declaration.objects.filter(organization=actor.organization, number=row.get("replaces"))
    text = told["text"].format(title=title).encode() if kind != "other" else None
    said = Said(
        number, title, own=kind != "other", products=products, references=references, notice=notice,
        replaces=old.first(), text=(text, f"{title}.txt") if text else None,
        indicators=[dict(zip(COLUMNS, one, strict=True)) for one in indicators],
    )  # fmt: skip
    written = declaring.prepare(said, actor=actor, day=day)
    check([written], day)
    if kind != "draft":
        answers = {"statements": [str(written.pk)], "true": "on"}
        desk.open_case(SelfDeclaration, actor=actor, day=day, answers=answers)
