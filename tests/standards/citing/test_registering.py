"""Registering a document: what it cites is found, a person confirms it, exact editions are kept."""

import io
import zipfile
from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.standards.citing import registering
from rongbiao.standards.models import CitingDocument, KeptCitation
from tests.citing_desk import DAY, TEXT, paper, registered
from tests.conftest import hold_post
from tests.standards_desk import enter


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_each_standard_is_found_once_with_every_place(reporter):
    row = registering.register(
        paper(f"{TEXT}\n再次：GB/T 19001-2016附录A。另见GB 2760~2762。"), actor=reporter, day=DAY
    )
    found = {one.text if one.in_words else one.number: one for one in row.citations.all()}
    assert list(found) == [
        "GB/T 19001-2016", "GB 3100", "强制性国家标准", "GB 2760", "GB 2761", "GB 2762",
    ]  # fmt: skip
    quality = found["GB/T 19001-2016"]
    assert [(one["where"], one["clause"]) for one in quality.places] == [
        ("第 1 行", "第8.4条"), ("第 2 行", "附录A"),
    ]  # fmt: skip
    assert "【GB/T 19001—2016】" in quality.places[0]["around"]
    assert (quality.dated, found["GB 3100"].dated) == (True, False)
    assert {one.state for one in found.values()} == {"found"}
    assert (row.public, row.confirmed_on, row.basis) == (True, None, "榕试〔2026〕1号")
    assert [act.verb for act in journal.lines_of(row)] == ["register-citing"]


def test_confirmed_it_is_kept_against_rows_of_the_register(reporter):
    dated, undated = enter("GB/T 19001-2016"), enter("GB 3100-1993")
    meant = enter("GB 7718-2025")
    row = registering.register(paper(), actor=reporter, day=DAY)
    said = {1: "GB/T 19001-2016", 2: "GB 3100", 3: "GB 7718-2025"}
    registering.confirm(row, said, actor=reporter, day=DAY)
    kept = list(KeptCitation.objects.all())
    assert [one.standard for one in kept] == [dated, undated, meant]
    assert [one.first_key for one in kept] == ["GB/T19001-2016", "GB3100-1993", "GB7718-2025"]
    assert [one.dated for one in kept] == [True, False, True]
    assert set(registering.citing(undated)) == {kept[1]}


def test_what_the_register_does_not_hold_keeps_its_number(reporter):
    registered(reporter, "应符合GB/T 99999-2020。")
    one = KeptCitation.objects.get()
    assert (one.standard, one.key, one.state) == (None, "GB/T99999-2020", "confirmed")


def test_confirming_leaves_nothing_out_and_believes_no_nonsense(reporter, officer):
    row = registering.register(paper(), actor=reporter, day=DAY)
    with pytest.raises(Refused, match=r"还有 1 处引用没有确认（第 3 处起）"):
        registering.confirm(row, {1: "GB/T 19001-2016", 2: ""}, actor=reporter, day=DAY)
    with pytest.raises(Refused, match="第 3 处“国标”不是标准编号"):
        registering.confirm(row, {1: "", 2: "", 3: "国标"}, actor=reporter, day=DAY)
    with pytest.raises(Refused, match="由市海洋与渔业局确认"):
        registering.confirm(row, {1: "", 2: "", 3: ""}, actor=officer, day=DAY)
    registering.confirm(row, {1: "", 2: "", 3: ""}, actor=reporter, day=DAY)
    assert {one.state for one in row.citations.all()} == {"rejected"}
    with pytest.raises(Refused, match="已于2026-03-02确认"):
        registering.confirm(row, {1: "", 2: "", 3: ""}, actor=reporter, day=DAY)


def test_who_may_register_and_what_is_refused(reporter, officer, city):
    with pytest.raises(Refused, match="由引用单位的填报人、经办人或者负责人登记"):
        registering.register(paper(), actor=officer, day=DAY)
    with pytest.raises(Refused, match="晚于今天"):
        registering.register(paper(dated_on=date(2027, 1, 1)), actor=reporter, day=DAY)
    with pytest.raises(Refused, match="写明文件种类和文件名称"):
        registering.register(paper(title=" "), actor=reporter, day=DAY)
    first = registering.register(paper(), actor=reporter, day=DAY)
    with pytest.raises(Refused, match="已登记为“榕试〔2026〕1号 某项管理办法”"):
        registering.register(paper(title="再来一次"), actor=reporter, day=DAY)
    other = hold_post("李填报", "市农业农村局", "reporter")
    assert registering.register(paper(kind="contract"), actor=other, day=DAY).public is False
    registering.withdraw(first, actor=reporter, day=DAY)
    assert registering.register(paper(), actor=reporter, day=DAY).organization != other.organization


def test_a_hostile_file_is_one_sentence(reporter):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("word/document.xml", b"<w/>" * 1_000_000)
    for content, name in (
        (packed.getvalue(), "坏.docx"),
        (b"%PDF-1.7 broken", "坏.pdf"),
        (b"", "空.txt"),
    ):
        sent = registering.Paper("tender", "坏文件", "", None, content, name)
        with pytest.raises(Refused, match=name):
            registering.register(sent, actor=reporter, day=DAY)
    assert not CitingDocument.objects.exists()
