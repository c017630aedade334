"""Words that favour local firms are found; ordinary requirements are left alone."""

import pytest

from rongbiao.texts.barriers import find_barriers

FLAGGED = [
    ("承担单位应为在本市注册的企业。", "限定注册地"),
    ("检测机构须在福州市设立分支机构。", "要求设立分支机构"),
    ("同等条件下优先选用本地企业的产品。", "优先本地产品或企业"),
    ("原料仅限本市生产者供应。", "只准本地参与"),
    ("应使用闽榕牌温控仪。", "限定品牌"),
    ("由指定检测机构出具报告。", "指定交易对象"),
    ("企业注册资本不低于500万元。", "与质量无关的规模门槛"),
    ("从业人员应在本市缴纳社会保险。", "要求在本地纳税或者参保"),
    ("应获得福州市质量荣誉。", "以本地奖项为条件"),
]
PLAIN = [
    "种苗应来自无病区，出库前检疫合格。",
    "本文件适用于福州市行政区域内的海带育苗。",
    "检测机构应具备相应资质。",
    "水温应控制在8℃～12℃。",
    "应使用经检定合格的温度计。",
    "本文件由福州市市场监督管理局归口。",
    "本文件起草单位：福州某某有限公司。",
]


@pytest.mark.parametrize(("text", "why"), FLAGGED)
def test_what_favours_local_firms_is_found(text, why):
    found = list(find_barriers(text))
    assert [one.why for one in found] == [why]
    assert text[found[0].start : found[0].end] == found[0].text
    assert found[0].article


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_requirements_are_left_alone(text):
    assert list(find_barriers(text)) == []
