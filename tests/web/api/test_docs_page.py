"""The page that describes the API: everything is there, leads somewhere, in the reader's language."""

import re

import pytest
from django.test import Client

from rongbiao.web.api.operations import description
from tests.standards_desk import enter

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def page(db):
    """Return the main part of the page in a language."""
    enter("GB/T 1.1-2020", "标准化工作导则")

    def shown(language="zh-hans"):
        client = Client()
        client.cookies["django_language"] = language
        answer = client.get("/api/docs")
        assert answer.status_code == 200
        return answer.content.decode().partition("<main")[2].partition("</main>")[0]

    return shown


def test_every_address_parameter_and_field_is_on_the_page(page):
    text, said = page(), description()
    for path, operations in said["paths"].items():
        assert f"<code>{path}</code>" in text
        for one in operations.values():
            for parameter in one.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in text
    for name, shape in said["components"]["schemas"].items():
        if name != "Asked":
            assert f'<div id="{name}">' in text
        for field in shape["properties"]:
            assert f"<code>{field}</code>" in text


def test_no_row_of_the_page_is_without_words(page):
    rows = re.findall(r"<tr><th scope=\"row\">.+?</tr>", page())
    assert len(rows) > 100
    assert [row for row in rows if "<td></td>" in row] == []


def test_what_the_page_leads_to_is_there(page):
    text = page()
    inside = set(re.findall(r'href="#([^"]+)"', text))
    assert inside <= set(re.findall(r'id="([^"]+)"', text))
    examples = re.findall(r'<a href="(/api/[^"]+)"><code>', text)
    assert len(examples) == 6
    for address in examples:
        answer = Client().get(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address


def test_the_page_is_whole_in_english(page):
    text = re.sub(r"<pre.+?</pre>|<code>.*?</code>|href=\"[^\"]*\"", "", page("en"), flags=re.S)
    assert "In force on a day?" in text
    assert CHINESE.findall(text) == []
