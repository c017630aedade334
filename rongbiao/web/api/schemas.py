"""What goes through the API, field by field (接口的栏目). Descriptions stand in the OpenAPI page."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import field_validator

Level = Literal[
    "international", "national", "sector", "provincial", "municipal", "group", "enterprise", "foreign"
]  # fmt: skip
Nature = Literal["mandatory", "recommended", "guidance"]
Status = Literal["project", "upcoming", "current", "superseded", "withdrawn"]
Facet = Literal[
    "level", "status", "nature", "ics", "ccs", "region", "year", "organization", "section"
]  # fmt: skip


class Problem(Schema):
    """出错答复（RFC 9457），媒体类型 application/problem+json。"""

    type: str
    title: str
    status: int
    code: str = Field(description="供程序判断的代号")
    detail: str = Field(description="完整的一句话，说明原因")


class Asked(Schema):
    """检索条件，与标准检索页的网址参数相同；同一参数可以重复，满足其一即可。"""

    q: str = Field("", description="编号或词语，可用空格、引号、减号", max_length=500)
    level: list[Level] = Field([], description="层级")
    status: list[Status] = Field([], description="状态")
    nature: list[Nature] = Field([], description="性质")
    ics: list[str] = Field([], description="国际标准分类号，含下级")
    ccs: list[str] = Field([], description="中国标准分类号，含下级")
    region: list[str] = Field([], description="行政区划代码")
    year: list[str] = Field([], description="发布年份")
    organization: list[str] = Field([], description="起草、归口或发布单位的名称")
    section: list[str] = Field([], description="《意见》的领域")
    facets: list[Facet] = Field([], description="需要计数的分类")
    limit: int = Field(50, ge=1, le=200, description="每页条数")
    cursor: str = Field("", max_length=1000, description="上一页 next 中的游标")

    @field_validator("level", "status", "nature", mode="before")
    @classmethod
    def chosen(cls, values: list[str]) -> list[str]:
        """Leave out what a form sends for “all”."""
        return [value for value in values if value]


class Standard(Schema):
    """一项标准（一个版本）；与 JSON Lines 导出的栏目相同。"""

    slug: str = Field(description="网址中的编号")
    shown: str = Field(description="印刷形式的编号，一字线")
    number: str = Field(description="标准编号")
    title: str
    title_en: str
    title_original: str
    language: str
    level: str
    nature: str
    form: str
    status: str
    stage: str
    region: str
    planned_on: date | None
    issued_on: str | None = Field(description="发布日期；只知年、月时为 2009、2009-05")
    implemented_on: date | None
    confirmed_on: date | None
    withdrawn_on: date | None
    ics: str = Field(description="以空格分隔")
    ccs: str
    publisher: str
    authority: str
    owner: str
    proposer: str
    drafted_by: str
    drafters: list[str] = Field(description="起草单位，按标准所印的顺序")
    filing: str
    abstract: str
    address: str
    source: str
    source_on: date | None
    basis: str
    basis_on: date | None
    demonstration: bool


class Count(Schema):
    value: str
    count: int


class Standards(Schema):
    """一页检索结果，按编号排序。"""

    total: int = Field(description="符合条件的总数")
    items: list[Standard]
    next: str | None = Field(description="下一页的网址；没有下一页时为 null")
    facets: dict[str, list[Count]]
    meant: str = Field(description="没有结果时，可能想查的词")


class Participation(Schema):
    name: str
    place: int = Field(description="在起草单位中的位次，第一位为 0")
    part: Literal["lead", "join"]
    organization: str | None = Field(description="本市单位的名称")


class Relation(Schema):
    kind: str
    words: str = Field(description="从这项标准读出的关系")
    outgoing: bool = Field(description="true：这项标准是关系的主体")
    number: str = Field(description="另一项标准的编号")
    slug: str | None = Field(description="另一项标准在本库中的编号；没有收录时为 null")
    dated: bool
    since: date | None
    source: str
    basis: str


class Claim(Schema):
    """来源记载不一致时，每个来源各自的说法。"""

    field: str
    value: str
    source: str
    source_name: str
    source_on: date | None
    chosen: bool = Field(description="本库采用的说法")


class Edition(Schema):
    slug: str
    number: str
    title: str
    status: str
    issued_on: str | None


class Detail(Standard):
    """一项标准及其关系、起草单位、版本和不一致的来源记载。"""

    citation: str = Field(description="按 GB/T 7714—2015 著录")
    participations: list[Participation]
    relations: list[Relation]
    claims: list[Claim]
    editions: list[Edition] = Field(description="沿革：前后各版本，含本版本，旧的在前")


class Standing(Schema):
    """一个编号在某日的效力。"""

    number: str
    on: date
    state: Literal["project", "upcoming", "current", "superseded", "withdrawn", "unknown"]
    edition: str | None = Field(description="结论所指的版本")
    since: date | None = Field(description="这一状态自何日起")
    replaced_by: list[str]
    chain: list[str] = Field(description="从所问编号到最后的代替者")
    present: str | None = Field(description="当日有效的版本")
    sure: bool = Field(description="false：由前后版本推定")
    why: str
    basis: str
    source: str
    candidates: list[str] = Field(description="没有收录时，可能所指的编号")


class Number(Schema):
    """一个编号读出的结果；读不出时 number 为 null，why 说明原因。"""

    text: str
    number: str | None
    shown: str | None = None
    kind: str | None = None
    level: str | None = None
    publisher: str | None = None
    year: int | None = None
    key: str | None = None
    slug: str | None = Field(None, description="本库收录时，它的网址编号")
    why: str | None = None


class Class(Schema):
    code: str
    name: str
    name_en: str
    parent: str | None


class Classes(Schema):
    scheme: str
    items: list[Class]


class Refusal(Schema):
    row: int = Field(description="第几行，从 1 起")
    column: str
    why: str


class Report(Schema):
    """登记（或试读）的结果。"""

    dry_run: bool
    new: int
    changed: int
    same: int
    units: int = Field(description="随之登记的单位")
    refused: list[Refusal]


class RowsProblem(Problem):
    refused: list[Refusal]


class Dump(Schema):
    name: str
    day: date
    size: int = Field(description="字节")
    sha256: str
    url: str


class Dumps(Schema):
    items: list[Dump]


Extra = dict[str, Any]
