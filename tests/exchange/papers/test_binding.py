"""Binding: pages of several PDF follow each other; what cannot be opened is told, and quickly."""

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from rongbiao.exchange.papers import binding
from rongbiao.exchange.papers.binding import Unbound, bound


def pages(*words: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    for word in words:
        canvas.drawString(100, 700, word)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_pages_follow_each_other():
    whole = pypdfium2.PdfDocument(bound([pages("one"), pages("two", "three")]))
    assert [page.get_textpage().get_text_bounded() for page in whole] == ["one", "two", "three"]


@pytest.mark.parametrize("bad", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", pages("one")[:300]])
def test_what_does_not_open_is_not_bound(bad):
    with pytest.raises(Unbound):
        bound([pages("one"), bad])


def test_what_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(binding, "SECONDS", 0.001)
    with pytest.raises(Unbound):
        bound([pages("one")])
