"""The table of dispositions of a case with 5,000 comments beside one with 500: read and written."""

from __future__ import annotations

import time
from datetime import date
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from rongbiao.cases.models import Case, Entry
from rongbiao.exchange.case_papers.dossier import Dossier
from rongbiao.exchange.case_papers.offering import offered
from rongbiao.parties.founding import found
from scripts.benches import Line, side_by_side

TITLE = "办件文书（SQLite；从 5000 条意见和 5000 条处理记录生成，旁为 500 条）"
DAY = date(2026, 3, 5)
FILED = {"title": "茉莉花茶窨制技术规程", "kind": "new", "drafters": "某研究院"}
TAKEN = ("adopted", "partly", "declined")


def measure() -> list[Line]:
    """Measure reading the journal and writing each file, in a test database."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        found(settings.CITY)
        return _tables(*(_case(count) for count in (5000, 500)))
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _tables(large: Case, small: Case) -> list[Line]:
    lines = []
    for name, kind in (("Word", "docx"), ("Excel", "xlsx")):
        both = side_by_side(partial(_made, large, kind), partial(_made, small, kind), turns=3)
        lines.append(Line(f"汇总处理表成 {name}", both[0], "500 条", both[1]))
    began = time.process_time()
    for kind in ("docx", "xlsx"):
        _made(large, kind)
    spent = time.process_time() - began
    read = side_by_side(partial(_filled, large), partial(_filled, small), turns=3)
    note = f"两种文件从读取到写成共用处理器 {spent:.2f} 秒，应不超过 10 秒"
    lines.append(Line("其中读取经办记录", read[0], "500 条", read[1], note))
    return lines


def _filled(case: Case):
    dossier = Dossier(case, None, inner=True)
    paper = offered(dossier, "summary", "docx")
    assert paper
    return paper.filled(dossier)


def _made(case: Case, kind: str) -> bytes:
    dossier = Dossier(case, None, inner=True)
    paper = offered(dossier, "summary", kind)
    assert paper
    return paper.files[kind](paper.filled(dossier))


@transaction.atomic
def _case(count: int) -> Case:
    """Return a case with so many comments, each disposed of."""
    case = Case.objects.create(
        number=f"DB-{count}", procedure_key="local_standard", stage_key="review", title=FILED["title"],
        opened_on=DAY, stage_since=DAY,
    )  # fmt: skip
    _entries(case, [("application", "submit", FILED, None), ("drafting", "submit", {}, None)])
    comments = _entries(case, [("consultation", "comment", _said(n), None) for n in range(count)])
    _entries(
        case,
        [
            ("disposition", "dispose", {"taken": TAKEN[n % 3], "reason": "已按照意见修改相应条文。" * 2}, one)
            for n, one in enumerate(comments)
        ],
    )  # fmt: skip
    return case


def _said(n: int) -> dict[str, str]:
    """Return a comment of a usual length: a hundred characters and a proposal."""
    words = f"第{n}条：含水率上限过严，建议按照试验数据调整，并补充检验方法。" * 3
    return {"clause": f"{n % 9 + 4}.{n % 7}", "kind": "change", "proposed": "不大于 8.5 %",
            "reason": words, "unit": f"单位{n % 400}"}  # fmt: skip


def _entries(case: Case, rows: list[tuple]) -> list[Entry]:
    first = Entry.objects.count() + 1
    return Entry.objects.bulk_create(
        [
            Entry(case=case, seq=first + n, at=timezone.now(), day=DAY, stage_key=stage,
                  action_key=action, answers=said, about=about, digest="0" * 64)
            for n, (stage, action, said, about) in enumerate(rows)
        ],
        batch_size=1000,
    )  # fmt: skip
