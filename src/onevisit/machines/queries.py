"""What others may ask the machines room."""

from uuid import UUID

from onevisit.machines.models import Client
from onevisit.machines.rules import OF_AGENCY, OF_APPLICANT, SCOPES, fingerprint, is_secret, stamp_of
from onevisit.machines.values import ClientView

__all__ = ["OF_AGENCY", "OF_APPLICANT", "SCOPES", "client", "client_of", "clients", "fingerprint", "proves"]


def client(name: str) -> ClientView | None:
    """The program of this client_id; None when there is none."""
    row = Client.objects.filter(name=name).first()
    return _view(row) if row else None


def client_of(account: UUID) -> ClientView | None:
    """The program of a machine account; None when there is none."""
    row = Client.objects.filter(pk=account).first()
    return _view(row) if row else None


def clients() -> list[ClientView]:
    """All programs, oldest first."""
    return [_view(row) for row in Client.objects.order_by("created_at", "name")]


def proves(name: str, secret: str) -> bool:
    """Whether this is the program's secret."""
    kept = Client.objects.filter(name=name).values_list("secret_sha256", flat=True).first()
    return kept is not None and is_secret(bytes(kept), secret)


def _view(row: Client) -> ClientView:
    stamp = stamp_of(bytes(row.secret_sha256), row.scopes)
    return ClientView(row.account, row.name, row.title, frozenset(row.scopes), row.created_at, stamp)
