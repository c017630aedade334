"""The environment: what an installation may set, all of it named ``RONGBIAO_…``."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """What an installation may set."""

    model_config = SettingsConfigDict(env_prefix="RONGBIAO_", extra="ignore")

    mode: Literal["desk", "production"] = "desk"  # desk: one machine, loopback, plain HTTP
    var: Path = ROOT / "var"
    assets: Path | None = None  # where icons and charts were gathered; empty: var/assets
    city: str = "fuzhou"
    database: str = ""  # postgres://user:password@host:port/name; empty: SQLite in var
    secret_key: str = ""
    hosts: list[str] = Field(default_factory=lambda: ["127.0.0.1", "localhost", "[::1]"])
    origins: list[str] = Field(default_factory=list)
    https: bool = False
    proxies: int = 0  # trusted reverse proxies in front; 0: X-Forwarded-For is not believed
    public_board: bool = True
    oidc_server: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""
    idle_minutes: int = 30
    session_hours: int = 10


ENV = Environment()
