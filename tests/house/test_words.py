"""Words: everything the interface says has English, and Chinese is written as officials write."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from rongbiao.shell.words import (
    compile_words,
    found_words,
    gather_words,
    kept_words,
    untranslated,
    words_in,
)

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "rongbiao").rglob("templates/**/*.html"))
STANDALONE = {
    "400.html",
    "500.html",
    "503.html",
}  # shown when nothing works: both languages stand in them
CHINESE = r"\u3400-\u9fff"
HALF_WIDTH = re.compile(
    rf"[{CHINESE}] ?[,;:!?]|[,;!?] ?[{CHINESE}]|[{CHINESE}][()]|[()][{CHINESE}]|[{CHINESE}]\.(?!\w)"
)
PLACES = re.compile(r"%\((\w+)\)[sd]|%\.\d+f|\{(\w*)[^}]*\}|%\((\w+)\)\.\d+f")
MARKUP = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|{% blocktranslate.*?{% endblocktranslate %}"
    r"|{%.*?%}|{{.*?}}|<!--.*?-->",
    re.DOTALL,
)
# What is drawn rather than said, and values that stand in files and not on pages.
DRAWN = re.compile(r'<span class="seal[^>]*>榕标</span>')
KEPT_CHINESE = {"“{text}”应为“是”或“否”", "第 {line} 行“完成比例（%）”应为 0 至 100 之间的整数。"}


def forms(message) -> tuple[list[str], list[str]]:
    """Return what a message says in Chinese and in English, one or many."""
    ids = list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]
    said = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]
    return ids, said


def pairs():
    return [
        (words, english)
        for message in kept_words()
        if message.id
        for words, english in zip(*forms(message), strict=True)
    ]


def test_the_english_list_is_in_step_with_the_code():
    kept = {(str(m.id), m.context) for m in kept_words() if m.id}
    found = {(str(m.id), m.context) for m in found_words() if m.id}
    assert sorted(found - kept, key=str) == []
    assert sorted(kept - found, key=str) == []


def test_every_word_has_english():
    assert untranslated(kept_words()) == []


def test_english_names_the_same_places():
    def places(text: str) -> list[str]:
        return sorted({found[0] for found in PLACES.finditer(text)})

    assert [w for w, english in pairs() if places(w) != places(english)] == []


def test_english_is_english():
    left = re.compile(rf"[{CHINESE}。，、；：（）]")
    assert [w for w, english in pairs() if left.search(english) and w not in KEPT_CHINESE] == []


def test_chinese_takes_full_width_punctuation():
    assert [words for words, _english in pairs() if HALF_WIDTH.search(words)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_say_nothing_that_is_not_translated(path):
    text = DRAWN.sub("", MARKUP.sub(" ", path.read_text()))
    if path.name in STANDALONE:
        assert HALF_WIDTH.findall(re.sub(r"<[^>]*>", "", text)) == []
    else:
        assert re.findall(rf"[{CHINESE}，。：；（）]+", text) == []


def refusals() -> list[tuple[str, str]]:
    """Return every sentence that code refuses or complains with, with its file."""
    found = []
    for path in sorted((ROOT / "rongbiao").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "Refused",
                "Complaint",
            }:
                found += [
                    (str(path.relative_to(ROOT)), part.value)
                    for part in ast.walk(node)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
    return found


def test_refusals_take_full_width_punctuation():
    assert [(where, words) for where, words in refusals() if HALF_WIDTH.search(words)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b'_("\xe7\x94\xb2")', [("甲", None)]),
        (b'x = gettext_lazy(\n  "a"\n  "b")', [("ab", None)]),
        (b'ngettext("one", "many", n)', [(("one", "many"), None)]),
        (b'pgettext_lazy("deed", "go")', [("go", "deed")]),
        (b'print("no")', []),
    ],
)
def test_words_are_found_in_code(source, expected):
    assert words_in(source) == expected


def test_gathering_keeps_english_and_names_what_lacks_it(tmp_path):
    (tmp_path / "django.po").write_text(
        'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "待办"\nmsgstr "Inbox of old"\n\n'
        'msgid "早已不用"\nmsgstr "Gone"\n'
    )
    lacking = gather_words(tmp_path)
    kept = kept_words(tmp_path)
    assert kept.get("待办").string == "Inbox of old"
    assert kept.get("早已不用") is None
    assert "我的填报" in lacking
    again = (tmp_path / "django.po").read_bytes()
    assert gather_words(tmp_path) == lacking
    assert (tmp_path / "django.po").read_bytes() == again


def test_compiled_words_can_be_read(tmp_path):
    (tmp_path / "django.po").write_text(
        'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "甲"\nmsgstr "A"\n'
    )
    with compile_words(tmp_path).open("rb") as file:
        assert read_mo(file).get("甲").string == "A"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["django.mo", "django.po"]
