"""What goes through the API, field by field (接口的栏目).

Descriptions go out in Chinese with OpenAPI, and in the reader's language on the page (told.py).
"""

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import ConfigDict, field_validator

Level = Literal[
    "international", "national", "sector", "provincial", "municipal", "group", "enterprise", "foreign"
]  # fmt: skip
Nature = Literal["mandatory", "recommended", "guidance"]
Status = Literal["project", "upcoming", "current", "superseded", "withdrawn"]
Facet = Literal[
    "level", "status", "nature", "ics", "ccs", "region", "year", "organization", "section"
]  # fmt: skip


def about(words: str) -> ConfigDict:
    """Return what gives a schema its description."""
    return ConfigDict(json_schema_extra={"description": words})


class Problem(Schema):
    """An answer that something cannot be, by RFC 9457."""

    model_config = about(_("出错答复（RFC 9457），媒体类型 application/problem+json。"))

    type: str = Field(description=_("说明这类错误的网址"))
    title: str = Field(description=_("这类错误的名称"))
    status: int = Field(description=_("HTTP 状态码"))
    code: str = Field(description=_("供程序判断的代号"))
    detail: str = Field(description=_("完整的一句话，说明原因"))


class Asked(Schema):
    """What is asked of the search, as the page asks it."""

    model_config = about(
        _("检索条件，与标准检索页的网址参数相同；同一参数可以重复，满足其一即可。")
    )

    q: str = Field("", description=_("编号或词语，可用空格、引号、减号"), max_length=500)
    level: list[Level] = Field([], description=_("层级"))
    status: list[Status] = Field([], description=_("状态"))
    nature: list[Nature] = Field([], description=_("性质"))
    ics: list[str] = Field([], description=_("国际标准分类号，含下级"))
    ccs: list[str] = Field([], description=_("中国标准分类号，含下级"))
    region: list[str] = Field([], description=_("行政区划代码"))
    year: list[str] = Field([], description=_("发布年份"))
    organization: list[str] = Field([], description=_("起草、归口或发布单位的名称"))
    section: list[str] = Field([], description=_("《意见》的领域"))
    facets: list[Facet] = Field([], description=_("需要计数的分类"))
    limit: int = Field(50, ge=1, le=200, description=_("每页条数"))
    cursor: str = Field("", max_length=1000, description=_("上一页 next 中的游标"))

    @field_validator("level", "status", "nature", mode="before")
    @classmethod
    def chosen(cls, values: list[str]) -> list[str]:
        """Leave out what a form sends for “all”."""
        return [value for value in values if value]


class Standard(Schema):
    """One edition, as JSON Lines gives it."""

    model_config = about(_("一项标准（一个版本）；与 JSON Lines 导出的栏目相同。"))

    slug: str = Field(description=_("网址中的编号"))
    shown: str = Field(description=_("印刷形式的编号，一字线"))
    number: str = Field(description=_("标准编号"))
    title: str = Field(description=_("标准名称"))
    title_en: str = Field(description=_("英文名称"))
    title_original: str = Field(description=_("原文名称"))
    language: str = Field(description=_("语种"))
    level: str = Field(description=_("层级"))
    nature: str = Field(description=_("性质"))
    form: str = Field(description=_("文件类型"))
    status: str = Field(description=_("状态"))
    stage: str = Field(description=_("项目阶段"))
    region: str = Field(description=_("行政区划代码"))
    planned_on: date | None = Field(description=_("立项下达日期"))
    issued_on: str | None = Field(description=_("发布日期；只知年、月时为 2009、2009-05"))
    implemented_on: date | None = Field(description=_("实施日期"))
    confirmed_on: date | None = Field(description=_("复审确认日期"))
    withdrawn_on: date | None = Field(description=_("废止日期"))
    ics: str = Field(description=_("以空格分隔"))
    ccs: str = Field(description=_("以空格分隔"))
    publisher: str = Field(description=_("发布机构"))
    authority: str = Field(description=_("主管部门"))
    owner: str = Field(description=_("归口单位"))
    proposer: str = Field(description=_("提出单位"))
    drafted_by: str = Field(description=_("主要起草人"))
    drafters: list[str] = Field(description=_("起草单位，按标准所印的顺序"))
    filing: str = Field(description=_("备案号"))
    abstract: str = Field(description=_("适用范围"))
    address: str = Field(description=_("来源网址"))
    source: str = Field(description=_("来源代号"))
    source_on: date | None = Field(description=_("来源日期"))
    basis: str = Field(description=_("登记依据"))
    basis_on: date | None = Field(description=_("依据的日期"))
    demonstration: bool = Field(description=_("是否演示数据"))


class Count(Schema):
    model_config = about(_("一个分类取值的项数。"))

    value: str = Field(description=_("分类的取值"))
    count: int = Field(description=_("项数"))


class Standards(Schema):
    """A page of what was found."""

    model_config = about(_("一页检索结果，按编号排序。"))

    total: int = Field(description=_("符合条件的总数"))
    items: list[Standard] = Field(description=_("本页的标准"))
    next: str | None = Field(description=_("下一页的网址；没有下一页时为 null"))
    facets: dict[str, list[Count]] = Field(description=_("所要分类的计数"))
    meant: str = Field(description=_("没有结果时，可能想查的词"))


class Participation(Schema):
    model_config = about(_("一个起草单位。"))

    name: str = Field(description=_("所印的单位名称"))
    place: int = Field(description=_("在起草单位中的位次，第一位为 0"))
    part: Literal["lead", "join"] = Field(description=_("主导（lead）或参与（join）"))
    organization: str | None = Field(description=_("本市单位的名称"))


class Relation(Schema):
    model_config = about(_("与另一项标准的关系。"))

    kind: str = Field(description=_("关系代号"))
    words: str = Field(description=_("从这项标准读出的关系"))
    outgoing: bool = Field(description=_("true：这项标准是关系的主体"))
    number: str = Field(description=_("另一项标准的编号"))
    slug: str | None = Field(description=_("另一项标准在本库中的编号；没有收录时为 null"))
    dated: bool = Field(description=_("是否指明年份"))
    since: date | None = Field(description=_("自何日起"))
    source: str = Field(description=_("来源代号"))
    basis: str = Field(description=_("登记依据"))


class Claim(Schema):
    """What one source says."""

    model_config = about(_("来源记载不一致时，每个来源各自的说法。"))

    field: str = Field(description=_("栏目"))
    value: str = Field(description=_("该来源的说法"))
    source: str = Field(description=_("来源代号"))
    source_name: str = Field(description=_("来源名称"))
    source_on: date | None = Field(description=_("来源日期"))
    chosen: bool = Field(description=_("本库采用的说法"))


class Edition(Schema):
    model_config = about(_("沿革中的一个版本。"))

    slug: str = Field(description=_("网址中的编号"))
    number: str = Field(description=_("标准编号"))
    title: str = Field(description=_("标准名称"))
    status: str = Field(description=_("状态"))
    issued_on: str | None = Field(description=_("发布日期"))


class Detail(Standard):
    """A standard with all it has."""

    model_config = about(_("一项标准及其关系、起草单位、版本和不一致的来源记载。"))

    citation: str = Field(description=_("按 GB/T 7714—2015 著录"))
    participations: list[Participation] = Field(description=_("起草单位及其位次"))
    relations: list[Relation] = Field(description=_("与其他标准的关系"))
    claims: list[Claim] = Field(description=_("来源之间不一致的记载"))
    editions: list[Edition] = Field(description=_("沿革：前后各版本，含本版本，旧的在前"))


class Standing(Schema):
    """Whether a number holds on a day."""

    model_config = about(_("一个编号在某日的效力。"))

    number: str = Field(description=_("所问的编号"))
    on: date = Field(description=_("哪一天"))
    state: Literal["project", "upcoming", "current", "superseded", "withdrawn", "unknown"] = Field(
        description=_("当日的状态")
    )
    edition: str | None = Field(description=_("结论所指的版本"))
    since: date | None = Field(description=_("这一状态自何日起"))
    replaced_by: list[str] = Field(description=_("被哪些标准代替"))
    chain: list[str] = Field(description=_("从所问编号到最后的代替者"))
    present: str | None = Field(description=_("当日有效的版本"))
    sure: bool = Field(description=_("false：由前后版本推定"))
    why: str = Field(description=_("结论的理由"))
    basis: str = Field(description=_("登记依据"))
    source: str = Field(description=_("来源代号"))
    candidates: list[str] = Field(description=_("没有收录时，可能所指的编号"))


class Number(Schema):
    """What a text says as a number."""

    model_config = about(_("一个编号读出的结果；读不出时 number 为 null，why 说明原因。"))

    text: str = Field(description=_("所给的文字"))
    number: str | None = Field(description=_("标准编号"))
    shown: str | None = Field(None, description=_("印刷形式的编号，一字线"))
    kind: str | None = Field(None, description=_("编号种类"))
    level: str | None = Field(None, description=_("层级"))
    publisher: str | None = Field(None, description=_("发布机构"))
    year: int | None = Field(None, description=_("年份"))
    key: str | None = Field(None, description=_("比对用的键"))
    slug: str | None = Field(None, description=_("本库收录时，它的网址编号"))
    why: str | None = Field(None, description=_("读不出的原因"))


class Class(Schema):
    model_config = about(_("一个类目。"))

    code: str = Field(description=_("分类号"))
    name: str = Field(description=_("中文名称"))
    name_en: str = Field(description=_("英文名称"))
    parent: str | None = Field(description=_("上级分类号"))


class Classes(Schema):
    model_config = about(_("一种分类的全部类目。"))

    scheme: str = Field(description=_("ics 或 ccs"))
    items: list[Class] = Field(description=_("全部类目"))


class Refusal(Schema):
    model_config = about(_("不能接收的一处。"))

    row: int = Field(description=_("第几行，从 1 起"))
    column: str = Field(description=_("栏目"))
    why: str = Field(description=_("不能接收的原因"))


class Report(Schema):
    """What a batch entered or would enter."""

    model_config = about(_("登记（或试读）的结果。"))

    dry_run: bool = Field(description=_("是否试读"))
    new: int = Field(description=_("新登记的行数"))
    changed: int = Field(description=_("有变更的行数"))
    same: int = Field(description=_("没有变化的行数"))
    units: int = Field(description=_("随之登记的单位"))
    refused: list[Refusal] = Field(description=_("不能接收的行"))


class RowsProblem(Problem):
    model_config = about(_("有的行不能接收。"))

    refused: list[Refusal] = Field(description=_("不能接收的行"))


class Dump(Schema):
    model_config = about(_("一天的全量数据。"))

    name: str = Field(description=_("文件名"))
    day: date = Field(description=_("数据日期"))
    size: int = Field(description=_("字节"))
    sha256: str = Field(description=_("校验值"))
    url: str = Field(description=_("下载网址"))


class Dumps(Schema):
    model_config = about(_("保留的全量数据。"))

    items: list[Dump] = Field(description=_("保留的文件，新的在前"))


Extra = dict[str, Any]
