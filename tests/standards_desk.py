"""Standards for tests, entered with the columns that their numbers make."""

from datetime import date

from rongbiao.standards.models import Participation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

NASTY = '=1+1 "引号", \\反斜杠{花}% _a_ & #1 ~ ^\n换行;分号'


def enter(number: str, title: str = "茉莉花茶", *, drafters=(), **said) -> Standard:
    """Enter one standard."""
    said = {
        "basis": "试〔2026〕1号",
        "status": "current",
        "publisher": "国家市场监督管理总局、国家标准化管理委员会",
        "issued_on": date(2020, 3, 31),
        "issued_precision": "day",
    } | said
    row = Standard.objects.create(**columns(read_number(number)) | {"title": title} | said)
    Participation.objects.bulk_create(
        Participation(standard=row, name=name, place=place, part="join" if place else "lead")
        for place, name in enumerate(drafters)
    )
    return row
