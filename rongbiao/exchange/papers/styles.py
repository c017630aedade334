"""Styles (样式): how each kind of paragraph looks in Word.

Lines of official text are exactly 28.95 points high, so that 22 stand on a page on
every machine, whatever font takes the place of one that is missing.
"""

from .pages import (
    CLOSER,
    FANGSONG,
    HEI,
    KAI,
    LATIN,
    LINE,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SONG,
    TITLE,
)

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFF_GRID = '<w:snapToGrid w:val="0"/>'


def fonts(name: str) -> str:
    """Return the run property of a font for Chinese, with figures and Latin in Times."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}"'
        f' w:cs="{LATIN}"/>'
    )


def _style(
    key: str, font: str, size: float, paragraph: str, *, name: str = "", run: str = ""
) -> str:
    """Return a style; properties of the paragraph come in the order the schema asks for."""
    half = round(size * 2)
    start = 'w:type="paragraph"' + (' w:default="1"' if key == "Normal" else "")
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style {start} w:styleId="{key}"><w:name w:val="{name or key}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{fonts(font)}{run}{_spacing(size)}"
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _spacing(size: float) -> str:
    return f'<w:spacing w:val="{CLOSER if size == SIZE_3 else 0}"/>'


def _shape(
    align: str = "both",
    *,
    indent: str = "",
    line: int = LINE,
    before: int = 0,
    after: int = 0,
    level: int | None = None,
    keep: bool = False,
    off: bool = False,
    free: bool = False,
) -> str:
    """Return the properties of a paragraph, ``off`` the grid; a ``free`` one has lines as high as they need."""
    rule = '"auto"' if free else '"exact"'
    return (
        f"{'<w:keepNext/>' if keep else ''}<w:widowControl w:val=" + '"0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f"{OFF_GRID if free or off else ''}"
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{240 if free else line}" '
        f"w:lineRule={rule}/>{indent}"
        f'<w:jc w:val="{align}"/>{"" if level is None else f"<w:outlineLvl w:val={chr(34)}{level}{chr(34)}/>"}'
    )


TWO = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'
STYLES = (
    _style("Normal", FANGSONG, SIZE_3, _shape()),
    _style("Body", FANGSONG, SIZE_3, _shape(indent=TWO), name="公文正文"),
    _style("Flush", FANGSONG, SIZE_3, _shape("left"), name="顶格"),
    _style("Center", FANGSONG, SIZE_3, _shape("center"), name="居中"),
    _style("Right", FANGSONG, SIZE_3, _shape("right", keep=True), name="居右"),
    _style("Item", FANGSONG, SIZE_3, _shape("left", indent=TWO), name="分项"),
    _style("Title", TITLE, SIZE_2, _shape("center", after=LINE, keep=True, level=0, off=True)),
    _style("Annex", HEI, SIZE_3, _shape("left", after=LINE, keep=True), name="附件标记"),
    *(
        _style(
            f"Heading{level}",
            font,
            SIZE_3,
            _shape(indent=TWO, keep=True, level=level),
            name=f"heading {level}",
        )
        for level, font in ((1, HEI), (2, KAI), (3, FANGSONG))
    ),
    _style("Cell", SONG, SIZE_5, _shape("left", free=True), name="表格", run=OFF_GRID),
    _style("CellCenter", SONG, SIZE_5, _shape("center", free=True), name="表格居中", run=OFF_GRID),
    _style("CellRight", SONG, SIZE_5, _shape("right", free=True), name="表格居右", run=OFF_GRID),
    _style("Label", HEI, SIZE_5, _shape("center", free=True), name="表头", run=OFF_GRID),
    _style(
        "FormTitle",
        TITLE,
        18,
        _shape("center", free=True, after=200, keep=True, level=0),
        name="表题",
        run=OFF_GRID,
    ),
    _style("Note", SONG, SIZE_5, _shape("left", free=True, before=60), name="表注", run=OFF_GRID),
    _style("Mark", TITLE, 36, _shape("center", free=True), name="发文机关标志", run=OFF_GRID),
    _style("Imprint", FANGSONG, SIZE_4, _shape("left", free=True), name="版记", run=OFF_GRID),
    _style("Number", SONG, SIZE_4, _shape("right", free=True), name="页码", run=OFF_GRID),
)


def styles_xml() -> str:
    """Return the part ``word/styles.xml``."""
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}'
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{''.join(STYLES)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )
