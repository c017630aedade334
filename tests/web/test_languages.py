"""Traditional script is made from the page as it leaves, and only from what readers read."""

import re

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from rongbiao.web import languages
from rongbiao.web.languages import TraditionalMiddleware, page_in_traditional, shown, traditional


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("着力推进城市管理精细化建设", "著力推進城市管理精細化建設"),
        ("随着、沿着、围绕着", "隨著、沿著、圍繞著"),
        ("台江区、平台、出台、台资企业、台州", "台江區、平臺、出臺、臺資企業、台州"),
        ("公里、邻里、里程碑、这里、里面", "公里、鄰里、里程碑、這裡、裡面"),
        ("以后、皇后、后台", "以後、皇后、後臺"),
        ("制定、研制、复制、编制", "制定、研製、複製、編制"),
        ("复审、复核、回复、复杂、恢复", "復審、復核、回復、複雜、恢復"),
        ("发布、公布、布局", "發布、公布、布局"),
        ("征求意见、长征", "徵求意見、長征"),
        ("批准、标准、不准、市场准入", "批准、標準、不准、市場准入"),
        ("若干、干部、干净", "若干、幹部、乾淨"),
        ("余 11 天，剩余 3 项", "餘 11 天，剩餘 3 項"),
        ("榕政综〔2023〕157号", "榕政綜〔2023〕157號"),
        ("信息、数据、软件、网络", "信息、數據、軟件、網絡"),
        ("有关系统", "有關系統"),
        ("", ""),
    ],
)
def test_words_come_out_as_officials_write_them(simplified, expected):
    assert traditional(simplified) == expected


def test_every_term_of_the_list_is_needed(monkeypatch):
    words = languages.terms()[1]
    needless = []
    for word, wanted in words.items():
        rest = {key: value for key, value in words.items() if key != word}
        pattern = re.compile("|".join(sorted(rest, key=len, reverse=True)))
        monkeypatch.setattr(languages, "terms", lambda rest=rest, pattern=pattern: (pattern, rest))
        if traditional(word) == wanted:
            needless.append(word)
    assert needless == []


PAGE = """<!doctype html><html lang="zh-Hant"><head><title>战略总览</title>
<meta name="description" content="标准"><meta name="id" content="标准">
<script type="application/json">{"词": "标准</p>"}</script><style>.标准{}</style></head>
<body><!-- 标准 --><h1 id="标准" class="标准">标准</h1>
<a href="/标准/" title="标准" aria-label='标准'>标准</a>
<input name="标准" value="标准" placeholder="标准"><textarea>标准 <b>标准</b></textarea>
<select><option value="标准">标准</option><option>标准</option></select>
<p translate="no">标准 <b>标准<br>标准</b> 标准</p><p>标准 &lt;标准&gt;</p>
<button lang="zh-Hans" translate=no>简体标准</button><svg><text x="1">标准</text>
<rect/></svg></body></html>"""

EXPECTED = """<!doctype html><html lang="zh-Hant"><head><title>戰略總覽</title>
<meta name="description" content="標準"><meta name="id" content="标准">
<script type="application/json">{"词": "标准</p>"}</script><style>.标准{}</style></head>
<body><!-- 标准 --><h1 id="标准" class="标准">標準</h1>
<a href="/标准/" title="標準" aria-label='標準'>標準</a>
<input name="标准" value="标准" placeholder="標準"><textarea>标准 <b>标准</b></textarea>
<select><option value="标准">標準</option><option>标准</option></select>
<p translate="no">标准 <b>标准<br>标准</b> 标准</p><p>標準 &lt;標準&gt;</p>
<button lang="zh-Hans" translate=no>简体标准</button><svg><text x="1">標準</text>
<rect/></svg></body></html>"""


def test_only_what_readers_read_is_converted():
    assert page_in_traditional(PAGE) == EXPECTED


@pytest.mark.parametrize(
    "broken", ["<p>标准", "</p>标准", "<", "标准<b", "<p translate=no>标准</b>标准", "<option>标准"]
)
def test_broken_markup_loses_nothing(broken):
    converted = page_in_traditional(broken)
    assert re.sub(r"[^\x00-\x7f]", "?", converted) == re.sub(r"[^\x00-\x7f]", "?", broken)


def test_markup_is_never_changed():
    page = EXPECTED.replace("標準", "标准")
    ascii_of = re.compile(r"[^\x00-\x7f]+")
    assert ascii_of.sub("", page_in_traditional(page)) == ascii_of.sub("", page)


def test_a_large_page_is_converted_whole():
    row = "<tr><td class='num'>标准化任务</td><td title='责任单位'>着力</td></tr>"
    page = page_in_traditional("<table>" + row * 20_000)
    assert page.count("標準化任務") == page.count("責任單位") == 20_000


def answer(response, language):
    with translation.override(language):
        return TraditionalMiddleware(lambda request: response)(None)


def test_the_middleware_converts_pages_of_traditional_readers_only():
    for language, expected in (("zh-hant", "標準"), ("zh-hans", "标准"), ("en", "标准")):
        assert answer(HttpResponse("标准"), language).content.decode() == expected


def test_the_length_is_that_of_the_converted_page():
    response = HttpResponse("标准", headers={"Content-Length": "6"})
    assert answer(response, "zh-hant")["Content-Length"] == "6"
    longer = HttpResponse("<p>标准化</p>" * 3, headers={"Content-Length": "1"})
    assert answer(longer, "zh-hant")["Content-Length"] == str(len(longer.content))


def test_downloads_and_streams_are_left_as_they_are():
    table = HttpResponse("标准", content_type="text/csv; charset=utf-8")
    assert answer(table, "zh-hant").content.decode() == "标准"
    stream = StreamingHttpResponse(["标准".encode()], content_type="text/html")
    assert b"".join(answer(stream, "zh-hant")).decode() == "标准"


def test_words_for_scripts_follow_the_page():
    with translation.override("zh-hant"):
        assert shown("计划轨迹") == "計劃軌跡"
    with translation.override("zh-hans"):
        assert shown("计划轨迹") == "计划轨迹"
