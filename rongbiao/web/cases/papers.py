"""The block of papers (文书) on the page of a case: what this reader may have now."""

from django.conf import settings
from django.urls import reverse

from rongbiao.exchange.case_papers.dossier import Dossier
from rongbiao.exchange.case_papers.offering import LETTER, CasePaper, offers
from rongbiao.web.cases.words import Reader


def dossier_of(reader: Reader) -> Dossier:
    """Return the dossier as a reader may have its papers; they send people to its consultation."""
    address = f"{settings.SITE_ADDRESS}{reverse('consultation', args=[reader.case.number])}"
    return Dossier(reader.case, reader.actor, reader.inner, address)


def block(reader: Reader) -> dict[str, list[CasePaper]]:
    """Return what the block of papers on the page of a case shows."""
    found = offers(dossier_of(reader))
    return {
        "papers": [one for one in found if not one.key.startswith(LETTER)],
        "letters": [one for one in found if one.key.startswith(LETTER)],
    }
