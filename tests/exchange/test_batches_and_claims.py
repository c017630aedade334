"""A batch over an edition that another source brought: both are kept, an empty cell says nothing."""

from datetime import date

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
