"""The environment: what an installation may set, all of it named ``RONGBIAO_…``.

docs/operations.md describes every one of them; tests/house/test_settings.py compares.
"""

import os
import secrets
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal, NoReturn

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """What an installation may set."""

    model_config = SettingsConfigDict(env_prefix="RONGBIAO_", extra="ignore")

    mode: Literal["desk", "production"] = "desk"  # desk: one machine, loopback, plain HTTP
    var: Path = ROOT / "var"
    assets: Path | None = None  # where icons and charts were gathered; empty: var/assets
    city: str = Field(default="fuzhou", pattern=r"^[a-z][a-z0-9-]*$")
    database: str = ""  # postgres://user:password@host:port/name; empty: SQLite in var
    search: Literal["tantivy", "postgresql"] = "tantivy"  # which engine finds standards
    secret_key: str = ""
    hosts: list[str] = Field(default_factory=lambda: ["127.0.0.1", "localhost", "[::1]"])
    origins: list[str] = Field(default_factory=list)
    https: bool = False
    proxies: int = Field(default=0, ge=0, le=5)  # in front of us; 0: X-Forwarded-For is a claim
    public_board: bool = True
    address: str = Field(
        default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+$"
    )  # in letters
    mail: str = Field(
        default="", pattern=r"^(smtps?(\+starttls)?://\S+|console)?$"
    )  # empty: var/mail
    mail_from: str = "rongbiao@localhost"
    oidc_server: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""
    oidc_name: str = "统一身份认证"
    oidc_claim: str = "preferred_username"  # what the directory calls our user name
    idle_minutes: int = Field(default=30, ge=1, le=240)
    api_minute: int = Field(default=120, ge=1, le=100_000)  # questions of one address
    api_token_minute: int = Field(default=600, ge=1, le=100_000)  # questions of one token
    session_hours: int = Field(default=10, ge=1, le=24)


def read_environment() -> Environment:
    """Return the settings of this installation; a wrong one ends the program with a sentence."""
    try:
        read = Environment()
    except (ValidationError, SettingsError) as bad:
        found = bad.errors() if isinstance(bad, ValidationError) else []
        named = [f"RONGBIAO_{str(one['loc'][0]).upper()}（{one['msg']}）" for one in found]
        stop("、".join(named) or str(bad))
    if not (ROOT / "cities" / read.city / "city.toml").exists():
        stop(f"RONGBIAO_CITY（没有城市“{read.city}”，cities 下应有它的文件夹）")
    return read


def stop(what: str) -> NoReturn:
    """End the program as bad usage ends: one sentence, status 2."""
    sys.stderr.write(f"rongbiao：环境变量有误：{what}。\n")
    raise SystemExit(2)


def kept_secret(var: Path) -> str:
    """Return the key of this installation; the first call writes it, for the owner only."""
    path = var / "secret"
    if not path.exists():
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=var) as draft:
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            with suppress(FileExistsError):  # another process was faster: its key is the key
                os.link(draft.name, path)
    return path.read_text()


ENV = read_environment()
