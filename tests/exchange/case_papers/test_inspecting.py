"""Papers of an inspection are filled from its journal, one for each step that was taken."""

import io
from datetime import timedelta

import docx
import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.exchange.case_papers.dossier import Dossier
from rongbiao.exchange.case_papers.offering import offered, offers
from rongbiao.procedures.supervision import campaigns
from tests.conftest import hold_post
from tests.declared import DAY
from tests.procedures.test_supervision import LATER, drawn, stock


@pytest.fixture
def officers(city):
    return [hold_post(name, "市市场监管局", "officer") for name in ("林处", "何处")]


def text(dossier: Dossier, key: str, kind: str = "docx") -> str:
    """Return what a paper says."""
    paper = offered(dossier, key, kind)
    assert paper is not None, key
    read = docx.Document(io.BytesIO(paper.files[kind](paper.filled(dossier))))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def record(case: Case, day, fault: str) -> None:
    form = case.stage.action("record").form(case=case)
    said = {line.key: line.proposed for line in form.sheet.lines} | {
        "naming": "found", "naming_why": fault, "methods": "ok", "methods_why": "已当场核对。",
    }  # fmt: skip
    desk.act(case, "record", actor=case.seats.first().post, day=day, answers=said)


def test_each_step_has_its_paper(officers):
    stock(2, 1)
    row = campaigns.open_all(drawn(officers[0], count=1), actor=officers[0], day=DAY)
    case = Case.objects.get(procedure_key="supervision")

    def dossier() -> Dossier:
        return Dossier(Case.objects.get(pk=case.pk), officers[0], inner=True)

    assert offers(dossier()) == []
    record(case, DAY, "编号的企业代号不对。")
    said = text(dossier(), "inspection_record")
    assert str(row.objects_draw) in said
    assert "编号的企业代号不对。" in said
    assert "第1版" in said
    order = {"number": "榕市监标责[2026]第5号", "grounds": ["order_number"], "words": "改正编号。"}
    desk.act(case, "rectify", actor=officers[0], day=DAY, answers=order)
    said = text(dossier(), "correction_order")
    assert "榕市监标责〔2026〕5号" in said
    assert "2026年3月23日前（15个工作日）改正" in said
    assert "《标准化法》第四十二条" in said
    desk.act(case, "lapse", actor=officers[0], day=LATER, answers={"words": "未报告。"})
    assert offered(dossier(), "recheck_record", "docx") is None
    record(case, LATER, "仍未改正。")
    assert "仍未改正。" in text(dossier(), "recheck_record")
    desk.act(case, "transfer", actor=officers[0], day=LATER)
    sent = {
        "number": "榕市监标移〔2026〕1号", "addressee": "福建省市场监督管理局", "ground": "order_number",
        "words": "逾期不改正。",
    }  # fmt: skip
    desk.act(case, "send", actor=officers[0], day=LATER + timedelta(days=1), answers=sent)
    said = text(dossier(), "transfer_letter")
    assert "福建省市场监督管理局" in said
    assert "撤销该标准编号" in said
    assert "期限至2026年3月23日，逾期未改正" in said
    assert offered(dossier(), "transfer_letter", "pdf") is not None
