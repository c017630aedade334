"""Settings: everything that differs between installations comes from the environment.

Every variable is named ``RONGBIAO_…`` and described in docs/operations.md.
"""

import tomllib
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from rongbiao.environment import ENV, ROOT, kept_secret
from rongbiao.mail import *  # noqa: F403
from rongbiao.safety import *  # noqa: F403  what keeps strangers out stands in one file

VAR = ENV.var
PRODUCTION = ENV.mode == "production"
DEBUG = False
SECRET_KEY = ENV.secret_key or kept_secret(VAR)
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins
CITY_FOLDER = ROOT / "cities" / ENV.city
with (CITY_FOLDER / "city.toml").open("rb") as file:
    CITY = tomllib.load(file)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rongbiao.web",  # before allauth: its templates stand in for allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "rongbiao.archive",
    "rongbiao.parties",
    "rongbiao.standards",
    "rongbiao.awards",
    "rongbiao.strategy",
    "rongbiao.cases",
    "rongbiao.procedures",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "rongbiao.web.languages.TraditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rongbiao.web.headers.HeadersMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "rongbiao.web.limits.SessionLimitMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rongbiao.web.acting.ActingMiddleware",
    "rongbiao.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "rongbiao.urls"
WSGI_APPLICATION = "rongbiao.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "rongbiao.web.surroundings.surroundings",
            ],
        },
    }
]


def database(url: str) -> dict:
    """Return Django's entry for a database address; empty means the embedded one."""
    if not url:
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; PRAGMA busy_timeout=20000;"
        )
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "rongbiao.sqlite3",
            "OPTIONS": options,
            "TEST": {"NAME": VAR / "test.sqlite3"},  # a file: threads really compete
        }
    parts = urlsplit(url)
    guards = "-c statement_timeout=30000 -c lock_timeout=10000 -c timezone=UTC"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{guards} -c idle_in_transaction_session_timeout=60000"},
    }


DATABASES = {"default": database(ENV.database)}
SEARCH = ENV.search
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # shared by all workers: never one memory each
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
STORAGES = {
    "default": {"BACKEND": "rongbiao.archive.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
PUBLIC_BOARD = ENV.public_board
ASSETS = ENV.assets or VAR / "assets"
STATICFILES_DIRS = [("assets", ASSETS)]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("zh-hant", _("繁体中文")), ("en", "English")]
LOCALE_PATHS = [ROOT / "rongbiao" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

AUTH_USER_MODEL = "parties.Person"

LOGGING = {  # to standard error, where systemd and gunicorn look
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}},
}
