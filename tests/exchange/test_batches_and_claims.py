"""A batch over an edition that another source brought: both are kept, an empty cell says nothing."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.exchange import batches
from rongbiao.standards.models import Standard
from tests.standards_desk import enter

DAY = date(2025, 10, 1)
TABLE = """标准编号,标准名称,英文名称,层级,发布日期
GB/T 99001—2024,冷链物流服务规范,,国家标准,2024-02-01
"""


def batch(officer, text=TABLE):
    by = {"basis": "榕标办〔2025〕2号", "basis_on": DAY, "actor": officer, "day": DAY}
    return batches.enter("standards", text.encode(), "明细.csv", **by)


def test_both_sources_are_kept_and_the_city_is_believed(city, officer):
    row = enter(
        "GB/T 99001-2024", "冷链物流规范", title_en="Cold chain", level="national",
        issued_on=date(2024, 2, 1), source="openstd", status="current",
    )  # fmt: skip
    report = batch(officer)
    assert (report.new, report.changed) == (0, 1)
    row = Standard.objects.get(pk=row.pk)
    assert (row.title, row.title_en, row.source) == ("冷链物流服务规范", "Cold chain", "openstd")
    claims = set(row.claims.values_list("field", "source", "value"))
    assert claims == {
        ("title", "openstd", "冷链物流规范"),
        ("title", "city", "冷链物流服务规范"),
    }
    assert batch(officer).same == 1


def test_more_classes_than_the_column_holds_are_refused_with_their_place(city, officer):
    many = " ".join(f"A{n:02d}" for n in range(20))
    table = f"标准编号,标准名称,层级,中国标准分类号,发布日期\nGB/T 99002—2024,甲,国家标准,{many},2024-02-01\n"
    report = batches.dry_run("standards", table.encode(), "明细.csv")
    assert report.refused == [(2, "中国标准分类号", "分类号超过15个")]


def test_rows_of_the_city_cost_no_question_each(city, officer):
    def table(title, count):
        rows = [f"GB/T {99100 + n}—2024,{title},,国家标准,2024-02-01" for n in range(count)]
        return "\n".join([TABLE.splitlines()[0], *rows])

    def questions(title, count):
        with CaptureQueriesContext(connection) as asked:
            assert batch(officer, table(title, count)).changed == count
        return len(asked)

    batch(officer, table("甲", 3))
    assert questions("乙", 1) == questions("丙", 3)
