"""What every page knows without being told: the city, the menus, the language, the look."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from rongbiao.parties.demonstration import present
from rongbiao.strategy.models import Plan
from rongbiao.web.navigation import navigation, published

SHEETS = [
    f"rb/{name}.css"
    for name in (
        "tokens",
        "shell",
        "parts",
        "tables",
        "charts",
        "board",
        "matrix",
        "portal",
        "pages",
        "standards",
        "api",
        "classes",
        "law",
        "cases",
        "consultations",
        "citing",
        "procurement",
        "leading",
        "print",
    )
]
# code, tag of the page, what the button shows, its full name
LANGUAGES = (
    ("zh-hans", "zh-Hans-CN", "简", "简体中文"),
    ("zh-hant", "zh-Hant", "繁", "繁體中文"),
    ("en", "en", "EN", "English"),
)


@dataclass(frozen=True)
class Language:
    """The language of the page: its code and its tag."""

    code: str
    tag: str


def city() -> dict:
    """Return the city's words in the language of the page, with the number of its newest plan."""
    words = settings.CITY
    if get_language() == "en":
        words = words | {key[:-3]: text for key, text in words.items() if key.endswith("_en")}
    number = Plan.objects.order_by("-since", "-id").values_list("number", flat=True).first()
    return words | {"number": number}


def shell(request: HttpRequest) -> str:
    """Return the shell of a page: whoever holds a post works at the bench, all others visit.

    One rule for every page; only the home page is always the portal's.
    """
    acting = getattr(request, "actor", None)
    return "workbench/base.html" if acting else "portal/base.html"


def surroundings(request: HttpRequest) -> dict:
    """Return the words and switches that the shells need."""
    code = get_language() or settings.LANGUAGE_CODE
    tag = next((tag for known, tag, _short, _name in LANGUAGES if known == code), "zh-Hans-CN")
    return {
        "city": SimpleLazyObject(city),
        "demonstration": SimpleLazyObject(present),
        "finder": reverse("standards") if published(request) else "",
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "language": Language(code, tag),
        "languages": LANGUAGES,
        "paper_tag": "zh-Hant" if code == "zh-hant" else "zh-Hans",  # of a policy's own words
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "sheets": SHEETS,
        "shell": shell(request),
        "size": "large" if request.COOKIES.get("size") == "large" else "",
        "theme": "dark" if request.COOKIES.get("theme") == "dark" else "",
        "today": timezone.localdate(),
    }
