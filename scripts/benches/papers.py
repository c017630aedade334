"""Papers: the table of 5,000 comments beside one of 500, out and in; an announcement as PDF."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from rongbiao.exchange.papers.announcements import Approval, Issued, approval
from rongbiao.exchange.papers.comment_forms import read_form
from rongbiao.exchange.papers.comments import Disposed, Summary, summary
from rongbiao.exchange.papers.comments_excel import summary_excel
from rongbiao.exchange.papers.official import word_file
from rongbiao.exchange.papers.projects import Project
from rongbiao.exchange.papers.typesetting import pdf_file
from scripts.benches import Line, side_by_side

TITLE = "公文和表单（时间应与意见数成正比：比值约为 10）"
PROJECT = Project(city="福州市", title="茉莉花茶窨制技术规程", drafters=("某研究院",))


def comments(count: int) -> Summary:
    """Return a table of comments of a usual length: a hundred characters and a reason."""
    rows = [
        Disposed(
            f"{n % 9 + 4}.{n % 7}.{n % 5}",
            f"第{n}条：含水率上限过严，建议按照试验数据调整，并补充检验方法。" * 3 + "\n建议改为：不大于 8.5 %",
            f"单位{n % 400}",
            ("采纳", "部分采纳", "不采纳")[n % 3],
            "已按照意见修改相应条文，并核对前后一致。" * 2,
        )
        for n in range(count)
    ]  # fmt: skip
    return Summary(project=PROJECT, rows=rows, made_on=date(2026, 3, 5))


def announcement(count: int) -> Approval:
    """Return an announcement of so many standards."""
    standards = tuple(
        Issued(number=f"DB3501/T {n}—2026", title="服务规范", implemented_on=date(2026, 5, 1))
        for n in range(1, count + 1)
    )
    return Approval(
        issuer="福州市市场监督管理局", city="福州市", standards=standards, day=date(2026, 3, 5)
    )


def processor(act: Callable[[], object]) -> float:
    """Return the seconds of processor that an act takes."""
    began = time.process_time()
    act()
    return time.process_time() - began


def measure() -> list[Line]:
    """Measure what the size of a consultation costs, and a paper in both its files."""
    many, few = comments(5000), comments(500)
    word, excel = summary(many), summary_excel(many)
    short, short_excel = summary(few), summary_excel(few)
    out = side_by_side(lambda: summary(many), lambda: summary(few), turns=3)
    table = side_by_side(lambda: summary_excel(many), lambda: summary_excel(few), turns=3)
    read = side_by_side(lambda: read_form(word, "a"), lambda: read_form(short, "a"), turns=3)
    read_excel = side_by_side(
        lambda: read_form(excel, "a"), lambda: read_form(short_excel, "a"), turns=3
    )
    both = processor(lambda: (summary(many), summary_excel(many)))
    paper = approval(announcement(20))
    files = side_by_side(lambda: pdf_file(paper), lambda: word_file(paper), turns=5)
    size = f"{len(word) / 1024:.0f} KB"
    return [
        Line("汇总处理表 5000 条成 Word", out[0], "500 条", out[1], size),
        Line(
            "汇总处理表 5000 条成 Excel", table[0], "500 条", table[1],
            f"两种文件共用处理器 {both:.2f} 秒，应不超过 10 秒",
        ),
        Line("读回 Word 5000 条", read[0], "500 条", read[1]),
        Line("读回 Excel 5000 条", read_excel[0], "500 条", read_excel[1]),
        Line("20 项标准的公告成 PDF", files[0], "成 Word", files[1]),
    ]  # fmt: skip
