"""Numbers taken at the approval: above the city's own, whatever the demonstration has taken."""

from datetime import date

from rongbiao.cases.models import Case
from rongbiao.procedures.local_standard.effects import next_number
from rongbiao.standards.models import Standard
from tests.standards_desk import enter

DAY = date(2026, 3, 2)


def project(number: str, *, demonstration: bool) -> Case:
    return Case.objects.create(
        number=number, procedure_key="local_standard", stage_key="approval", opened_on=DAY,
        stage_since=DAY, demonstration=demonstration,
    )  # fmt: skip


def test_the_demonstration_takes_no_number_of_the_city(city):
    enter("DB3501/T 7-2024", "真实的标准")
    enter("DB3501/T 9156-2026", "演示的标准")
    Standard.objects.filter(number="DB3501/T 9156-2026").update(demonstration=True)
    played, real = project("YS-1", demonstration=True), project("1", demonstration=False)
    assert next_number(played, DAY).endswith(" 9157-2026")
    assert next_number(real, DAY).endswith(" 008-2026")
    assert next_number(real, DAY).endswith(" 009-2026")
