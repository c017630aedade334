"""A story stopped where a test wants it, and its papers read back."""

import io
from pathlib import Path

import docx
import pypdfium2

from rongbiao.cases.models import Case
from rongbiao.exchange.case_papers import offering
from rongbiao.exchange.case_papers.dossier import Dossier
from tests.story_desk import Told, read

STORIES = Path(__file__).parents[2] / "stories"


class Desk:
    """The people and the case of a story, played act by act."""

    def __init__(self, story: str = "eleven_months") -> None:
        self.told = Told(read(STORIES / f"{story}.yaml"))
        self.acts = [act for act in self.told.acts if "不能" not in (act[3:] or [{}])[0]]

    def until(self, act: str, times: int = 1) -> Case:
        """Play to an act, to its so-manieth time; return the case."""
        while times:
            day, who, name, *said = self.acts.pop(0)
            self.told.one(day, who, name, dict(said[0]) if said else {}, "")
            times -= name == act
        self.told.case.refresh_from_db()
        return self.told.case

    def end(self) -> Case:
        """Play to the end."""
        while self.acts:
            self.until(self.acts[0][2])
        return self.told.case

    def read_by(self, name: str = "林处") -> Dossier:
        """Return the dossier as somebody of the story reads it; the public reads it as the public."""
        self.told.case.refresh_from_db()
        inner = name != "公众"
        return Dossier(self.told.case, self.told.cast[name], inner, "https://bz.example.org/1")

    def papers(self, name: str = "林处") -> list[str]:
        """Return which papers somebody may have now, letters to single bodies apart."""
        found = [one.key for one in offering.offers(self.read_by(name))]
        return [key for key in found if not key.startswith(offering.LETTER)]

    def made(self, key: str, kind: str = "docx", name: str = "林处") -> bytes:
        """Return a paper as somebody gets it."""
        dossier = self.read_by(name)
        paper = offering.offered(dossier, key, kind)
        assert paper, (key, kind, self.papers(name))
        return paper.files[kind](paper.filled(dossier))


def text_of(content: bytes) -> str:
    """Return all text of a Word file, cells by tabulators."""
    opened = docx.Document(io.BytesIO(content))
    lines = [one.text for one in opened.paragraphs]
    for table in opened.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def table_of(content: bytes) -> list[tuple[str, ...]]:
    """Return the rows of the last table of a Word file, without its headings."""
    rows = docx.Document(io.BytesIO(content)).tables[-1].rows
    return [tuple(cell.text for cell in row.cells) for row in rows[1:]]


def pdf_text(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
