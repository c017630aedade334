"""A shelf of standards for tests of pages: made from their numbers, as a load makes them."""

from datetime import date

from rongbiao.standards.models import Relation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number


def put(number: str, title: str, **more) -> Standard:
    """Enter one edition."""
    said = {"title": title, "basis": "试验", "source": "city"} | more
    return Standard.objects.create(**columns(read_number(number)) | said)


def tie(subject: str, kind: str, object_: str, **more) -> Relation:
    """Enter one relation between two numbers."""
    one, other = read_number(subject), read_number(object_)
    return Relation.objects.create(
        kind=kind,
        subject=str(one),
        subject_key=one.key,
        object=str(other),
        object_key=other.key,
        dated=other.year is not None,
        basis="试验",
        **more,
    )


def canteen() -> Standard:
    """Enter the standard of the render: it replaced one, cites two, is cited by one."""
    put("DB3501/T 004-2021", "老年助餐服务规范", status="superseded", region="350100",
        issued_on=date(2021, 4, 20), implemented_on=date(2021, 6, 1),
        withdrawn_on=date(2024, 3, 1))  # fmt: skip
    one = put("DB3501/T 018-2024", "长者食堂建设与服务规范", status="current",
              title_en="Specification for senior canteens", nature="recommended",
              planned_on=date(2023, 3, 10), issued_on=date(2024, 1, 18),
              implemented_on=date(2024, 3, 1), region="350100", ics="03.080.30",
              publisher="福州市市场监督管理局")  # fmt: skip
    put("GB 50763-2012", "无障碍设计规范", status="superseded", issued_on=date(2012, 3, 30))
    put("GB 55019-2021", "无障碍通用规范", status="current", issued_on=date(2021, 9, 8))
    put("DB3501/T 027-2025", "嵌入式养老设施服务规范", status="current", issued_on=date(2025, 6, 1))
    tie("DB3501/T 018-2024", "replaces", "DB3501/T 004-2021", since=date(2024, 3, 1))
    tie("DB3501/T 018-2024", "cites", "GB 50763-2012")
    tie("DB3501/T 018-2024", "cites", "JGJ 450-2018")
    tie("GB 55019-2021", "replaces-part", "GB 50763-2012")
    tie("DB3501/T 027-2025", "cites", "DB3501/T 018")
    return one
