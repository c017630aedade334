"""Barriers (排斥外来经营者的写法): words in a draft that favour local firms or shut others out.

The Fair Competition Review Regulation (State Council, in force 2024-08-01), arts. 8–11,
forbids what these words usually do. A finding is a question for a person, not a verdict.

>>> [found.text for found in find_barriers("应由本市注册的企业承担，产品应使用榕标牌检测仪。")]
['由本市注册的企业', '使用榕标牌']
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HERE = r"(?:本市|我市|本地|当地|本省|本区|本县|福州市?)"
FIRM = r"(?:企业|单位|公司|机构|供应商|经营者|厂家|生产者|服务商)"
# What is looked for, why it is asked about, and the article it touches.
SIGNS = (
    (rf"由?{HERE}(?:境内)?(?:注册|登记|设立)的?(?:\w{{0,4}})?{FIRM}", "限定注册地", "第八、九条"),
    (rf"(?:须|应|必须|需)在?{HERE}(?:境内)?(?:设立|成立)(?:分支机构|分公司|子公司|办事处)",
     "要求设立分支机构", "第九条"),
    (rf"优先(?:采用|选用|使用|采购|考虑){HERE}(?:的)?(?:\w{{0,6}})?(?:{FIRM}|产品|服务|原料)",
     "优先本地产品或企业", "第九条"),
    (rf"(?:仅限|只限|限于|只能由){HERE}(?:的)?(?:\w{{0,6}})?(?:{FIRM}|产品|原料|户籍)",
     "只准本地参与", "第八、九条"),
    (r"(?:指定|使用|采用)(?:的)?[\u4e00-\u9fffA-Za-z]{1,8}牌", "限定品牌", "第八条"),
    (r"(?:指定|唯一|独家)(?:\w{0,4})?(?:供应商|经销商|检测机构|服务商|生产厂家)",
     "指定交易对象", "第八条"),
    (r"(?:注册资本|年产值|年营业收入|纳税额?)(?:不低于|不少于|应达到|达到)[\d.]+\s*(?:万|亿)?元",
     "与质量无关的规模门槛", "第八条"),
    (rf"(?:在|于)?{HERE}(?:缴纳社会保险|纳税)", "要求在本地纳税或者参保", "第九条"),
    (rf"获得过?{HERE}(?:\w{{0,8}})?(?:荣誉|奖项|称号)", "以本地奖项为条件", "第九条"),
)  # fmt: skip
PATTERN = re.compile("|".join(f"(?P<s{n}>{words})" for n, (words, _why, _law) in enumerate(SIGNS)))


@dataclass(frozen=True, slots=True)
class Barrier:
    """A place in a text that asks for a person's look."""

    start: int
    end: int
    text: str
    why: str
    article: str


def find_barriers(text: str) -> Iterator[Barrier]:
    """Yield what may favour local firms, in order; linear in the length of the text."""
    for found in PATTERN.finditer(text):
        _words, why, article = SIGNS[int(str(found.lastgroup)[1:])]
        yield Barrier(found.start(), found.end(), found[0], why, article)
