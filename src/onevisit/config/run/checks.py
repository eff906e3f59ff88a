"""Whether the outside is as needed: a free port, a database that is there and new enough."""

import socket

import psycopg

from onevisit.config.plain import Plain
from onevisit.config.run.programs import OLDEST


def check_port(host: str, port: int) -> None:
    """Raises Plain when nobody can listen at `host`:`port`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise Plain(f"Port {port} needs root: choose one above 1023, as in `make run PORT=9000`.") from error
    except OSError as error:
        raise Plain(
            f"Port {port} on {host} cannot be used ({error.strerror}): choose another, as in `make run PORT=9000`."
        ) from error
    except OverflowError as error:
        raise Plain(f"There is no port {port}: choose one from 1024 to 65535, as in `make run PORT=9000`.") from error


def check_database(url: str) -> None:
    """Raises Plain when DATABASE_URL leads nowhere, or to a PostgreSQL that is too old."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Plain("DATABASE_URL must begin with postgresql:// — unset it and `make run` starts its own PostgreSQL.")
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
    except (psycopg.Error, ValueError) as error:
        said = " ".join(str(error).split())
        raise Plain(f"The database of DATABASE_URL does not answer; start it or correct the address: {said}") from error
    if version < OLDEST:
        raise Plain(f"The database of DATABASE_URL is PostgreSQL {version}; {OLDEST} or newer is needed: upgrade it.")
    if encoding != "UTF8":
        raise Plain(f"The database of DATABASE_URL is encoded in {encoding}: make one with ENCODING 'UTF8'.")
