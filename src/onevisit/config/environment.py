"""The one typed reader of the environment. docs/operators.md lists every variable."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
NO_DATABASE = "postgresql://onevisit@127.0.0.1/onevisit"
PAYMENT_KEY = "payment-secret"  # in var/: what requests and callbacks of payments are signed with
RUNNING = "database-url"  # in var/ while `onevisit run` runs: how other commands find its database


def database_of(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// URL (query parameters become libpq options)."""
    parts = urlsplit(url)
    options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    # statements that come again are planned once: halves the time of the hot writes
    options |= {"server_side_binding": True, "prepare_threshold": 3}
    return {
        "ENGINE": "onevisit.config.database",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was told, with defaults that suit a developer's machine."""

    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    https: bool
    proxies: tuple[str, ...]  # addresses or networks
    database_url: str  # "" = start our own
    var: Path
    content: Path
    region: str
    register_url: str
    payment_url: str
    payment_page: str  # origin of the pages at which people pay
    payment_secret: str
    public_url: str
    host: str
    port: int
    web_workers: int
    api_rate: int  # requests of one program in a minute, in each web process
    demo: bool  # demonstration accounts and registers

    @property
    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry: DATABASE_URL, or the one that `onevisit run` runs here now."""
        return database_of(self.database_url or _read(self.var / RUNNING) or NO_DATABASE)

    @classmethod
    def read(cls) -> Self:
        """Read os.environ and, for the secret key, var/secret-key. Raises ValueError for a PORT that is no number."""
        get = os.environ.get
        var = Path(get("ONEVISIT_VAR") or ROOT / "var")
        host, port = get("ONEVISIT_HOST", "127.0.0.1"), int(get("PORT") or 8000)
        hosts = get("ONEVISIT_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
        return cls(
            # without a kept key, one of this process alone: safe, but no session outlives it
            secret_key=get("ONEVISIT_SECRET_KEY") or _read(var / "secret-key") or secrets.token_urlsafe(48),
            debug=get("ONEVISIT_DEBUG", "") == "1",
            allowed_hosts=tuple(hosts.split(",")),
            trusted_origins=tuple(filter(None, get("ONEVISIT_ORIGINS", "").split(","))),
            https=get("ONEVISIT_HTTPS", "") == "1",
            proxies=tuple(filter(None, get("ONEVISIT_PROXIES", "").split(","))),
            database_url=get("DATABASE_URL", ""),
            var=var,
            content=Path(get("ONEVISIT_CONTENT") or ROOT / "content"),
            region=get("ONEVISIT_REGION", "330521"),
            register_url=get("ONEVISIT_REGISTER_URL", ""),
            payment_url=get("ONEVISIT_PAYMENT_URL", ""),
            payment_page=get("ONEVISIT_PAYMENT_PAGE") or _origin(get("ONEVISIT_PAYMENT_URL", "")),
            payment_secret=get("ONEVISIT_PAYMENT_SECRET") or _read(var / PAYMENT_KEY),
            public_url=get("ONEVISIT_PUBLIC_URL", f"http://{host}:{port}"),
            host=host,
            port=port,
            web_workers=int(get("ONEVISIT_WEB_WORKERS") or 2),
            api_rate=int(get("ONEVISIT_API_RATE") or 1200),
            demo=get("ONEVISIT_DEMO", "1") != "0",
        )


def _origin(url: str) -> str:
    """Scheme, host and port of an address; "" of none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _read(file: Path) -> str:
    """The text of a small file of var/; "" when there is none that we may read."""
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return ""
