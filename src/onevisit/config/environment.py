"""The one typed reader of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


def database_of(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// URL (query parameters become libpq options)."""
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
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
    database: dict[str, Any]
    var: Path
    content: Path
    region: str
    register_url: str
    public_url: str

    @classmethod
    def read(cls) -> Self:
        """Read os.environ. Raises nothing: bad values show up where they are used."""
        get = os.environ.get
        return cls(
            secret_key=get("ONEVISIT_SECRET_KEY", "not-secret-only-for-commands-without-a-server"),
            debug=get("ONEVISIT_DEBUG", "") == "1",
            allowed_hosts=tuple(get("ONEVISIT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")),
            trusted_origins=tuple(filter(None, get("ONEVISIT_ORIGINS", "").split(","))),
            https=get("ONEVISIT_HTTPS", "") == "1",
            database=database_of(get("DATABASE_URL", "postgresql://onevisit@127.0.0.1/onevisit")),
            var=Path(get("ONEVISIT_VAR", str(ROOT / "var"))),
            content=Path(get("ONEVISIT_CONTENT", str(ROOT / "content"))),
            region=get("ONEVISIT_REGION", "330521"),
            register_url=get("ONEVISIT_REGISTER_URL", ""),
            public_url=get("ONEVISIT_PUBLIC_URL", "http://127.0.0.1:8000"),
        )
