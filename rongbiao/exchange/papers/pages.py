"""Pages (版面): sizes, fonts and styles of papers, by GB/T 9704—2012 where it applies.

A4, margins 37, 26, 35 and 28 mm, hence 156 × 225 mm of type: 22 lines of 28 characters
of size 3. Fonts go by name: the office's machines have them, ours need not.
"""

from dataclasses import dataclass

SONG, FANGSONG = "宋体", "仿宋_GB2312"
HEI, KAI, TITLE = "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
LINES, LETTERS = 22, 28  # of a page, of a line
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22.0, 16.0, 14.0, 12.0, 10.5  # points
RED = "FF0000"


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point, which Word counts in.

    >>> twips(156), twips(225)
    (8844, 12756)
    """
    return round(millimetres / 25.4 * 1440)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its margins, whether it keeps the grid of official papers."""

    width: float = 210
    height: float = 297
    top: float = 37
    right: float = 26
    bottom: float = 35
    left: float = 28
    grid: bool = True
    first: bool = False  # the first page has a head and a foot of its own (信函格式)

    @property
    def measure(self) -> float:
        """Return the width of the type area."""
        return self.width - self.left - self.right

    def xml(self) -> str:
        """Return the section's properties."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        first = (
            '<w:headerReference w:type="first" r:id="rHead"/>'
            '<w:footerReference w:type="first" r:id="rFoot"/>'
            if self.first
            else ""
        )
        # A letter's line stands 20 mm above the edge; page numbers keep 4 mm more.
        foot = 20 if self.grid else 10
        return (
            f'<w:sectPr>{first}<w:footerReference w:type="default" r:id="rOdd"/>'
            '<w:footerReference w:type="even" r:id="rEven"/>'
            f'<w:pgSz w:w="{twips(self.width)}" w:h="{twips(self.height)}"{turned}/>'
            f'<w:pgMar w:top="{twips(self.top)}" w:right="{twips(self.right)}" '
            f'w:bottom="{twips(self.bottom)}" w:left="{twips(self.left)}" '
            f'w:header="{twips(30 if self.first else 15)}" w:footer="{twips(foot)}" w:gutter="0"/>'
            f"{'<w:titlePg/>' if self.first else ''}{self._grid()}</w:sectPr>"
        )

    def _grid(self) -> str:
        return f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>' if self.grid else ""


OFFICIAL = Page()
LETTER = Page(first=True)
FORM = Page(top=25, right=20, bottom=22, left=25, grid=False)
WIDE = Page(297, 210, 22, 20, 20, 20, grid=False)
LINE = twips(225) // LINES  # 28.95 points
# Letters of size 3 are 0.25 points closer than they are wide: 28 on a line, in every program.
CLOSER = -5  # twentieths of a point
