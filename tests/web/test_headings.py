"""A plan's headings in English: the city's translation, or Chinese that says so."""

import re

import pytest

from rongbiao.strategy.models import Target, Task
from rongbiao.web.headings import heading, marked

HAN = re.compile("[\u4e00-\u9fff]")
PAGES = ["/board/", "/targets/", "/tasks/", "/matrix/"]


@pytest.fixture
def english(client, opinion_plan):
    client.post("/language/", {"language": "en"})
    return client


def test_every_heading_of_the_plan_is_translated(opinion_plan):
    from django.utils import translation

    with translation.override("en"):
        said = {*Task.objects.values_list("block", flat=True)}
        said |= {*Target.objects.values_list("section", flat=True)}
        assert [words for words in said if HAN.search(heading(words))] == []
    assert heading("标准供给") == "标准供给"


def test_one_without_a_translation_is_marked_as_chinese(settings, english):
    from django.utils import translation

    with translation.override("en"):
        assert marked("另一标题") == '<span lang="zh-Hans">另一标题</span>'
        assert marked("<b>标题") == '<span lang="zh-Hans">&lt;b&gt;标题</span>'
    assert marked("另一标题") == "另一标题"


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_has_no_chinese_heading(english, address):
    text = english.get(address).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    headings = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>|scope=\"colgroup\">(.*?)</th>", main, re.S)
    plain = [re.sub(r"<[^>]+>", "", "".join(pair)) for pair in headings]
    assert [words for words in plain if HAN.search(words)] == []


def test_the_policys_own_words_are_marked_as_chinese(english, opinion_plan):
    text = english.get(opinion_plan.get_absolute_url()).content.decode()
    article = text[text.index("<article") : text.index("</article>")]
    for tag in re.findall(r"<(?:h1|section)[^>]*>", article)[:10]:
        assert 'lang="zh-Hans"' in tag, tag
    task = english.get(Task.objects.get(key="11").get_absolute_url()).content.decode()
    assert 'class="body doc-text serif" lang="zh-Hans"' in task


def test_the_matrix_names_units_tasks_and_fields_in_english(english):
    text = english.get("/matrix/").content.decode()
    grid = text[text.index('<table class="mx"') : text.index("</table>")]
    assert HAN.findall(re.sub(r"href=\"[^\"]*\"", "", grid)) == []
    assert ">Market Regulation</a>" in grid


def test_narrow_screens_name_what_is_troubled_and_open_the_rest(client, opinion_plan):
    text = client.get("/matrix/").content.decode()
    cards = text[text.index('<div class="mx-cards">') :]
    assert cards.count('<section class="tcard"') == cards.count("<details>") == 24
    assert "市场监管" in cards.partition("</section>")[0]
