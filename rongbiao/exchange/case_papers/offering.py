"""What can be written of a case now (可生成的文书), by its stage and by what was journaled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from rongbiao.exchange.papers.catalogue import PAPERS
from rongbiao.exchange.papers.filings import safe_name
from rongbiao.parties.refused import Refused

from . import drafting, drawn, inspecting, issuing, leaders, panels, remarks, sets
from .dossier import Dossier

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
WORDS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "zip": "ZIP"}
KNOWN = {paper.key: paper for paper in PAPERS}
LETTER = "asking_letter-"  # and the place of the body that is asked
RECORD = "draw_record-"  # and the number of the draw


def nobody(dossier: Dossier) -> bool:
    return False


def everybody(dossier: Dossier) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper of a case: after which act it can be made, for whom, from what, in which files."""

    key: str
    name: str
    files: dict[str, Callable[..., bytes]]
    fill: Callable[[Dossier], Any]
    after: tuple[tuple[str, str], ...] = ()
    public: Callable[[Dossier], bool] = nobody
    only: Callable[[Dossier], bool] = everybody
    to: str = ""  # the body that a letter goes to, the number of a draw

    @property
    def title(self) -> str:
        """Return the name in the reader's language."""
        if not self.to:
            return _(self.name)
        return _("{paper}（{to}）").format(paper=_(self.name), to=self.to)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Return the kinds of its files, each with what people call it."""
        return [(kind, WORDS[kind]) for kind in self.files]

    def offered(self, dossier: Dossier) -> bool:
        """Tell whether this reader may have the paper now."""
        if not (dossier.inner or self.public(dossier)):
            return False
        done = not self.after or not dossier.done.isdisjoint(self.after)
        return done and self.only(dossier)

    def filled(self, dossier: Dossier) -> Any:
        """Return what the paper is made of, in the language of papers."""
        with override(settings.LANGUAGE_CODE):
            given = self.fill(dossier)
        if given is None:
            raise Refused(_("“{name}”所需的内容还没有办理，不能生成。").format(name=self.title))
        return given

    def called(self, dossier: Dossier, kind: str) -> str:
        """Return the name under which its file is saved."""
        to = f"（{self.to}）" if self.to else ""
        return safe_name(f"{dossier.case.number} {self.name}{to}.{kind}")


def _of(
    key: str, fill: Callable[[Dossier], Any], *after: tuple[str, str], **more: Any
) -> CasePaper:
    """Return a paper of the catalogue as a paper of a case."""
    known = KNOWN[more.pop("form", key)]
    return CasePaper(key, more.pop("name", known.name), known.files, fill, after, **more)


def settled(dossier: Dossier) -> bool:
    """Tell whether the comments were disposed of, and are not being disposed of again."""
    ended = dossier.case.stage_key not in {"consultation", "disposition"}
    return ended and ("disposition", "submit") in dossier.done


def running(dossier: Dossier) -> bool:
    return dossier.case.stage_key == "consultation"


def invited(dossier: Dossier) -> bool:
    return bool(dossier.invited)


ASKED, ISSUED, OPEN = ("drafting", "submit"), ("approval", "approve"), ("disclosure", "submit")
LOCAL_STANDARD = (
    _of("workflow", drafting.workflow),
    _of("application", drafting.application, ("application", "submit")),
    _of(
        "application_list", drafting.application_list, ("application", "submit"),
        only=lambda dossier: dossier.applies,
    ),
    _of(
        "appraisal_signatures", partial(panels.signatures, stage="appraisal"), ("appraisal", "convene"),
        form="signatures", name=gettext_noop("论证专家签名表"),
    ),
    _of(
        "appraisal_minutes", partial(panels.minutes, stage="appraisal"), ("appraisal", "pass"),
        form="minutes", name=gettext_noop("论证会纪要"), only=partial(panels.sits, stage="appraisal"),
    ),
    _of(
        "appraisal_conclusion", partial(panels.conclusion, stage="appraisal"), ("appraisal", "pass"),
        form="letter_conclusion", name=gettext_noop("论证函审结论表"),
        only=partial(panels.replies, stage="appraisal"),
    ),
    _of("plan_notice", drafting.plan_notice, ("plan", "approve"), public=everybody),
    _of("explanation", drafting.explanation, ("plan", "approve")),
    _of("consultation_notice", drafting.consultation_notice, ASKED, public=everybody),
    CasePaper(
        "asking_letters", gettext_noop("征求意见函（全部）"), {"zip": sets.letters}, sets.asking, (ASKED,),
        only=invited,
    ),
    _of("comment_form", drafting.comment_form, ASKED, public=running),
    _of("summary", remarks.summary, ASKED, public=settled),
    _of("review_letter", drafting.review_letter, ("disposition", "submit")),
    _of("signatures", partial(panels.signatures, stage="review"), ("review", "convene")),
    _of(
        "minutes", partial(panels.minutes, stage="review"), ("review", "pass"),
        only=partial(panels.sits, stage="review"),
    ),
    _of(
        "letter_conclusion", partial(panels.conclusion, stage="review"), ("review", "pass"),
        only=partial(panels.replies, stage="review"),
    ),
    _of("opinions", panels.opinions, ("review", "count")),
    _of("approval_letter", drafting.approval_letter, ("audit", "accept")),
    _of("approval", issuing.approval, ISSUED, public=everybody),
    CasePaper(
        "announced", gettext_noop("批准发布公告和标准文本（合订）"), {"pdf": sets.announced}, sets.issued, (OPEN,),
        public=everybody, only=sets.binds,
    ),
    _of("filing_form", issuing.filing_form, ISSUED),
    CasePaper("filing_package", gettext_noop("备案材料"), {"zip": sets.package}, sets.issued, (OPEN,)),
)  # fmt: skip
ENDED = ("decision", "abolish")
REVIEW = (
    _of("workflow", drafting.workflow),
    _of("review_form", issuing.review_form, ("proposal", "submit")),
    _of(
        "review_outcome", issuing.review_outcome, ("decision", "approve"), ("decision", "revise"),
        public=everybody,
    ),
    _of("abolition", issuing.abolition, ENDED, public=everybody),
    _of("abolition_form", issuing.abolition_form, ENDED),
    CasePaper(
        "abolition_package", gettext_noop("废止备案材料"), {"zip": sets.end_package}, sets.abolished, (ENDED,),
    ),
)  # fmt: skip
SUPERVISION = (
    _of("inspection_record", partial(inspecting.record, stage="inspect"), ("inspect", "record")),
    _of(
        "recheck_record", partial(inspecting.record, stage="recheck"), ("recheck", "record"),
        form="inspection_record", name=gettext_noop("复查记录表"),
    ),
    _of(
        "correction_order", inspecting.order, ("inspect", "rectify"), ("recheck", "rectify"),
    ),
    _of("transfer_letter", inspecting.transfer, ("transfer", "send")),
)  # fmt: skip
APPROVED = ("decision", "approve")
OF = {
    "local_standard": LOCAL_STANDARD,
    "local_standard_review": REVIEW,
    "supervision": SUPERVISION,
    "leader_list": (_of("leader_list", leaders.announced, APPROVED, public=everybody),),
    "leader_adjustment": (_of("leader_removal", leaders.removed, APPROVED, public=everybody),),
}


def offers(dossier: Dossier) -> list[CasePaper]:
    """Return the papers that this reader may have now; letters to single bodies come last."""
    rows = OF.get(dossier.case.procedure_key, ())
    listed = (one for one in rows if one.offered(dossier))
    return [*listed, *_records(dossier), *_letters(dossier)]


def _records(dossier: Dossier) -> Iterator[CasePaper]:
    """Yield the record of each draw for this case."""
    if not dossier.inner or dossier.case.procedure_key not in OF:
        return
    known = KNOWN["draw_record"]
    for number in drawn.draws_of(dossier).values_list("number", flat=True):
        fill = partial(drawn.record, number=number)
        yield CasePaper(f"{RECORD}{number}", known.name, known.files, fill, to=number)


def _letters(dossier: Dossier) -> Iterator[CasePaper]:
    """Yield a letter for each body that was asked."""
    if not dossier.inner or not dossier.rounds:
        return
    known = KNOWN["asking_letter"]
    for place, name in enumerate(dossier.invited, start=1):
        yield CasePaper(
            f"{LETTER}{place}",
            known.name,
            known.files,
            partial(_letter, place=place),
            to=name,
        )


def _letter(dossier: Dossier, place: int) -> Any:
    return drafting.asking_letters(dossier)[place - 1]


def offered(dossier: Dossier, key: str, kind: str) -> CasePaper | None:
    """Return the paper of a key that this reader may have in a kind of file, or nothing."""
    found = (one for one in offers(dossier) if one.key == key and kind in one.files)
    return next(found, None)
