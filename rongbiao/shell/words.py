"""Words (界面词表): gather what the interface says, keep its English, compile it.

The Chinese in code and templates is the source. ``gather_words`` brings the English
list in step with it, ``compile_words`` makes the file that Django reads. Both need
Babel only: no gettext has to be installed on the machine.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES"
CODE = ("*.py",)
TEMPLATES = ("*.html", "*.txt")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
WIDTH = 98  # columns of the file

Message = str | tuple[str, ...]


def sources() -> Iterator[tuple[Path, bytes]]:
    """Yield every file that may hold words, as Python that a reader of gettext understands."""
    for pattern in CODE:
        for path in sorted(PACKAGE.rglob(pattern)):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
    for pattern in TEMPLATES:
        for path in sorted(PACKAGE.rglob(pattern)):
            if "templates" in path.parts:
                calls = templatize(path.read_text(), origin=str(path))
                # Indentation means something in Python and nothing in a template.
                yield path, "\n".join(line.lstrip() for line in calls.splitlines()).encode()


def words_in(content: bytes) -> list[tuple[Message, str | None]]:
    """Return what one source says: words, or (one, many), each with its context."""
    found = extract("python", io.BytesIO(content), keywords=KEYWORDS)
    return [(words, context) for _line, words, _comments, context in found]


def found_words() -> Catalog:
    """Return everything that the interface says, as it stands in code and templates now."""
    catalog = Catalog(locale="en", project="rongbiao")
    for path, content in sources():
        for words, context in words_in(content):
            where = [(str(path.relative_to(PACKAGE)), 0)]
            catalog.add(words, None, locations=where, context=context)
    return catalog


def kept_words(folder: Path = ENGLISH) -> Catalog:
    """Return the English list as it is kept."""
    path = folder / "django.po"
    if not path.exists():
        return Catalog(locale="en", project="rongbiao")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def written(catalog: Catalog) -> bytes:
    """Return a list as it is kept: in the order of its words, without places and moments."""
    plain = Catalog(
        locale="en", charset="utf-8", header_comment="# Made by make docs; edit msgstr."
    )
    for message in sorted((m for m in catalog if m.id), key=lambda m: (str(m.id), m.context or "")):
        plain.add(
            message.id, message.string, flags=message.flags - {"fuzzy"}, context=message.context
        )
    target = io.BytesIO()
    write_po(target, plain, width=WIDTH, omit_header=True, no_location=True)
    head = (
        '# English words of the interface. "make docs" gathers msgid from the code; write msgstr.\n'
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return head.encode() + target.getvalue()


def gather_words(folder: Path = ENGLISH) -> list[str]:
    """Bring the English list in step with the code; return the words that still need English."""
    kept, found = kept_words(folder), found_words()
    for message in found:
        known = kept.get(message.id, message.context) if message.id else None
        if known is not None:
            message.string = known.string
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "django.po").write_bytes(written(found))
    return untranslated(found)


def untranslated(catalog: Catalog) -> list[str]:
    """Return the words of a list that have no English."""
    return [
        str(message.id)
        for message in catalog
        if message.id
        and not (all(message.string or ()) if message.pluralizable else message.string)
    ]


def compile_words(folder: Path = ENGLISH) -> Path:
    """Make the file that Django reads; return its path."""
    path = folder / "django.mo"
    draft = path.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, kept_words(folder))
    return draft.replace(path)
