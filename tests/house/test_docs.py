"""Generated pages are fresh, and every link between pages of the docs leads somewhere."""

import re
from pathlib import Path

import pytest

from scripts.docs import PAGES, REFERENCE, stale

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_generated_pages_are_fresh():
    assert stale() == [], "请运行 make docs"


def test_a_stale_page_is_seen(monkeypatch):
    monkeypatch.setitem(PAGES, "law", lambda: "别的")
    assert stale() == ["law.md"]
    assert (REFERENCE / "law.md").exists()


@pytest.mark.parametrize(
    "page",
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_lead_somewhere(page):
    broken = [to for to in LINK.findall(page.read_text()) if not (page.parent / to).exists()]
    assert broken == []
