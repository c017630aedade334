"""Words of a report (填报内容): what is written, and what is wrong with it."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .models import Report

WHOLE = 100
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What a unit writes; the names are those of ``Report``, ``share`` is in percent."""

    text: str = ""
    share: int = 0
    difficulties: str = ""
    next_steps: str = ""
    same_reason: str = ""
    fall_reason: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in the way of filing: the field it is about, and a full sentence."""

    field: str
    sentence: str


def words_of(report: Report) -> ReportWords:
    """Return the words that a report holds now."""
    return ReportWords(*(getattr(report, name) for name in ReportWords.__slots__))


def tidy(words: ReportWords) -> ReportWords:
    """Return the words as they may be stored, or refuse what has no room for them."""
    if not isinstance(words.share, int) or not 0 <= words.share <= WHOLE:
        raise Refused(_("完成比例应为0至100之间的整数。"))
    texts: dict[str, Any] = {
        name: clean(value) for name, value in asdict(words).items() if name != "share"
    }
    for name, value in texts.items():
        check_length(name, value)
    return ReportWords(share=words.share, **texts)


def check_length(name: str, value: str) -> None:
    """Refuse a text that is longer than the field of ``Report`` it is meant for."""
    field: Any = Report._meta.get_field(name)
    most: int = field.max_length
    if len(value) > most:
        raise Refused(
            _("“{field}”共{length}字，超过{most}字的上限，请删减。").format(
                field=field.verbose_name, length=len(value), most=most
            )
        )


def clean(text: str) -> str:
    """Return a text without unseen characters, with one kind of line end, trimmed."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts say the same, whatever their spaces, punctuation and width."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def faults(words: ReportWords, before: Report | None) -> list[Fault]:
    """Return what must be put right before filing; ``before`` is the last report filed earlier."""
    found = []
    if not _bare(words.text):
        found.append(Fault("text", _("请填写本期进展。")))
    if before is None:
        return found
    if words.share < before.share and not words.fall_reason:
        found.append(
            Fault(
                "fall_reason",
                _("完成比例由{quarter}的{was}%降为{now}%，请说明下降的原因。").format(
                    quarter=before.quarter, was=before.share, now=words.share
                ),
            )
        )
    if words.text and same_words(words.text, before.text) and not words.same_reason:
        found.append(
            Fault(
                "same_reason",
                _("本期进展与{quarter}相同；确无变化的，请说明原因。").format(
                    quarter=before.quarter
                ),
            )
        )
    return found
