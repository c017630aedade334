"""The grid of the matrix (矩阵表格): a thousand cells written by one function, not by templates."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization
from rongbiao.strategy.lamps import WORST_FIRST, Lamp
from rongbiao.strategy.models import Task
from rongbiao.strategy.overview import DISTRICTS, Cell, Column, Matrix, Row
from rongbiao.web.headings import marked, narrow
from rongbiao.web.templatetags.rb import local, numbered

TROUBLED = {Lamp.BAD, Lamp.WARN}


def grid(found: Matrix, query: str) -> SafeString:
    """Return the table: units across, tasks down, a lamp in every field; ``query`` goes behind links."""
    return format_html(
        '<table class="mx"><caption class="sr">{}</caption>{}{}{}</table>',
        _("任务矩阵：行为任务，列为责任单位，格内为责任项的灯。方向键移动，回车查看。"),
        _widths(found.columns),
        _head(found.columns, query),
        _body(found, query),
    )


def _widths(columns: list[Column]) -> SafeString:
    """Give the folded districts room for 11/12."""
    cols = "".join(
        '<col class="wide">' if column.key == DISTRICTS else "<col>" for column in columns
    )
    return mark_safe(f'<colgroup><col class="name">{cols}</colgroup>')  # noqa: S308 — no words


def _head(columns: list[Column], query: str) -> SafeString:
    cells = format_html_join(
        "",
        '<th scope="col"{}><a class="u" href="{}">{}</a><span class="pc{}">{}</span></th>',
        (
            (
                _gap(columns, place),
                _column_href(column, query),
                _name(column),
                " bad" if column.counts[Lamp.BAD] else "",
                column.counts[Lamp.BAD] or column.total,
            )
            for place, column in enumerate(columns)
        ),
    )
    return format_html(
        '<thead><tr><th scope="col" class="tt"><div><span class="no"></span><span>{}</span>'
        '<span class="p">{}</span></div></th>{}</tr></thead>',
        _("任务"),
        _("完成率"),
        cells,
    )


def _name(column: Column) -> str:
    return narrow(column.organization) if column.organization else column.label


def _spoken(task: Task, column: Column, state: object) -> str:
    """Return what a field says to whoever listens."""
    return _("，").join((f"{numbered(task)} {local(task)}", _name(column), str(state)))


def _gap(columns: list[Column], place: int) -> SafeString:
    """Set a line before the first column that is no bureau."""
    bureau = Organization.Kind.BUREAU
    first = columns[place].kind != bureau and (not place or columns[place - 1].kind == bureau)
    return mark_safe(' class="gap"') if first else mark_safe("")


def _column_href(column: Column, query: str) -> str:
    if column.organization is None:
        return f"?{query}&expand={DISTRICTS}"
    return f"{reverse('unit', args=[column.organization.pk])}?{query}"


def _body(found: Matrix, query: str) -> SafeString:
    peek = reverse("peek", args=[0]).replace("/0/", "/{}/")
    parts, block = [], None
    for row in found.tasks:
        if row.task.block != block:
            block = row.task.block
            span = len(found.columns) + 1
            said = conditional_escape(marked(block))
            parts.append(
                f'<tr class="g"><th colspan="{span}" scope="colgroup"><span>{said}</span></th></tr>'
            )
        parts.append(_row(row, found.columns, peek, query))
    return mark_safe("<tbody>" + "".join(parts) + "</tbody>")  # noqa: S308 — every word escaped


def _row(row: Row, columns: list[Column], peek: str, query: str) -> str:
    task = row.task
    name = escape(local(task))
    head = (
        f'<tr><th scope="row" class="tt"><div><span class="no">{escape(numbered(task))}</span>'
        f'<a href="{task.get_absolute_url()}?{escape(query)}" title="{name}">{name}</a>'
        f'<span class="p num">{row.done_share}%</span></div></th>'
    )
    cells = "".join(
        _cell(task, column, row.cells.get(column.key), peek, query, _gap(columns, place))
        for place, column in enumerate(columns)
    )
    return f"{head}{cells}</tr>"


def _cell(
    task: Task, column: Column, cell: Cell | None, peek: str, query: str, gap: SafeString
) -> str:
    if cell is None:
        return f"<td{gap}></td>"
    said = escape(_spoken(task, column, cell.lamp.word))
    if cell.assignment_id is None:
        href = escape(f"?{query}&expand={DISTRICTS}")
        said = escape(_spoken(task, column, cell.label))
        return (
            f'<td{gap}><a class="cell frac {cell.lamp.value}" href="{href}" aria-label="{said}">'
            f"{escape(cell.label)}</a></td>"
        )
    marks = " first" if cell.first else ""
    marks += " lead" if cell.part == "lead" else ""
    href = escape(f"{peek.format(cell.assignment_id)}?{query}")
    return (
        f'<td{gap}><a class="cell {cell.lamp.value}{marks}" href="{href}" hx-get="{href}" '
        f'hx-target="#peek" aria-label="{said}"><span class="lamp {cell.lamp.value}"></span></a></td>'
    )


def cards(found: Matrix) -> Iterable[dict]:
    """Yield one card per task for narrow screens, the most troubled first."""

    def trouble(row: Row) -> tuple[int, int]:
        lit = [cell.lamp for cell in row.cells.values()]
        return (-lit.count(Lamp.BAD), -lit.count(Lamp.WARN))

    for row in sorted(found.tasks, key=trouble):
        pairs = [(c, row.cells[c.key]) for c in found.columns if c.key in row.cells]
        counted = Counter(cell.lamp for _column, cell in pairs)
        yield {
            "row": row,
            "pairs": pairs,
            "troubled": [pair for pair in pairs if pair[1].lamp in TROUBLED],
            "lamps": [(lamp, counted[lamp]) for lamp in WORST_FIRST if counted[lamp]],
        }
