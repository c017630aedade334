"""Refusals: a sentence in Chinese, with what it names kept apart so that it can be said in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Said(str):
    """Words that stand in a list of words and can be said in another language."""

    __slots__ = ()


def _(words: str) -> Said:
    """Mark words for the list of English words; this floor says them in Chinese."""
    return Said(words)


class Unreadable(Exception):
    """The file is not taken; the message is one sentence that says why and what to do.

    >>> str(Unreadable("“{name}”是空文件。", name="意见.docx"))
    '“意见.docx”是空文件。'
    """

    def __init__(self, words: str, **values: object) -> None:
        self.words, self.values = words, values
        super().__init__(self.told(str))

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in another language, by what translates its words."""
        values = {
            name: value.told(translate)
            if isinstance(value, Unreadable)
            else translate(value)
            if isinstance(value, Said)
            else value
            for name, value in self.values.items()
        }
        return translate(self.words).format(**values)

    def to_json(self) -> dict[str, Any]:
        """Return the refusal as plain values, so that another process can raise it again."""
        values = {
            name: {"why": value.to_json()}
            if isinstance(value, Unreadable)
            else {"said": str(value)}
            if isinstance(value, Said)
            else value
            for name, value in self.values.items()
        }
        return {"words": self.words, "values": values}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Unreadable:
        """Return the refusal that :meth:`to_json` told of."""

        def plain(value: Any) -> Any:
            if not isinstance(value, dict):
                return value
            return cls.from_json(value["why"]) if "why" in value else Said(value["said"])

        return cls(said["words"], **{name: plain(value) for name, value in said["values"].items()})


class TooSlow(Unreadable):
    """Reading took longer than whoever asked would wait."""
