"""Which addresses messages may go to: nothing inside, whoever asks (server-side request forgery)."""

import ipaddress
from urllib.parse import urlsplit

from onevisit.hooks.rules import LONGEST_URL


def is_possible(url: str, *, local: bool) -> bool:
    """Whether messages may go to an address: https to a public host. `local`: http to this machine too."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not plain or not host or parts.username is not None or parts.fragment or port == 0:
        return False
    if local and parts.scheme == "http" and host in ("localhost", "127.0.0.1"):
        return True
    return parts.scheme == "https" and ("." in host or ":" in host) and not _is_closed(host)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, and to no private, local or reserved network."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_closed(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:  # a name: looked up when something is sent
        return False
