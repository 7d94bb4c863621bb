"""Fetching a calendar from an address that somebody typed in, without being led astray.

Only http and https; never to an address inside the own network unless a setting allows it, also not
after a redirect or because a name leads there: the connection goes to the very address that was
checked. Bounded in time, in size and in redirects.
"""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from overleg.lib.blocks import without_control
from overleg.lib.tls import why_not_secure

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 5
WITHIN_SECONDS = 20.0
CHUNK_BYTES = 64 * 1024
LONGEST_HEADER = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK, NOT_MODIFIED = 200, 304
USER_AGENT = "Overleg (kalender)"
# Addresses of the old internet inside those of the new one (RFC 4291, 2.5.5.2; RFC 6052, 2.1; RFC
# 3056, 2), and all that were ever given out of the new one (RFC 4291, 2.4).
NAT64 = ip_network("64:ff9b::/96")
GIVEN_OUT = ip_network("2000::/3")
# For protocols only, and where some clouds tell secrets (RFC 6890, 2.2.2).
OF_PROTOCOLS = ip_network("192.0.0.0/24")


class FetchFailed(Exception):
    """The calendar could not be fetched; says why in Dutch, without what no database takes."""

    def __init__(self, why: str) -> None:
        super().__init__(without_control(why))


@dataclass(frozen=True)
class Fetched:
    """What a server answered: the bytes, or None when nothing changed since the last time."""

    data: bytes | None
    etag: str = ""
    last_modified: str = ""


def fetch_calendar(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allowed: Iterable[Network] = (),
    within_seconds: float = WITHIN_SECONDS,
) -> Fetched:
    """The calendar at an address; ``webcal`` is read as ``https``.

    ``etag`` and ``last_modified`` are those of the last answer (RFC 9110, 13.1). ``allowed`` are
    networks of the own house that may be reached. Raises ``FetchFailed``.
    """
    deadline = time.monotonic() + within_seconds
    headers = {"User-Agent": USER_AGENT, "Accept": "text/calendar, */*;q=0.1"}
    headers |= {"Accept-Encoding": "identity", "Connection": "close"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    networks = tuple(allowed)
    for _hop in range(MOST_REDIRECTS + 1):
        address = _split(url)
        try:
            with closing(_connection(address, networks, deadline)) as connection:
                connection.connect()
                with connection.ended_within(_left(deadline)):
                    connection.request("GET", _target(address), headers=headers)
                    answer = connection.getresponse()
                    if answer.status not in REDIRECTS:
                        return _answer(answer, deadline)
                    url = urljoin(url, answer.headers.get("Location") or "")
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as fault:
            if time.monotonic() >= deadline:
                why = f"De server antwoordt niet binnen {within_seconds:.0f} seconden."
                raise FetchFailed(why) from None
            raise FetchFailed(f"De server gaf geen bruikbaar antwoord ({_kind(fault)}).") from None
    raise FetchFailed(f"Het adres verwijst meer dan {MOST_REDIRECTS} keer door.")


class _Http(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever the name says later."""

    def __init__(self, host: str, port: int, to: Address, *, tls: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = http.client.HTTPS_PORT if tls else http.client.HTTP_PORT
        self._to = to
        self._tls = tls

    def connect(self) -> None:
        plain = socket.create_connection((str(self._to), self.port), self.timeout)
        if self._tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        else:
            self.sock = plain

    @contextmanager
    def ended_within(self, seconds: float) -> Iterator[None]:
        """Cut the conversation off then, also with a server that sends a byte at a time.

        The library lets go of the socket once the answer begins; this holds on to it.
        """
        timer = Timer(seconds, _cut_off, [self.sock])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _cut_off(conversation: socket.socket) -> None:
    with suppress(OSError):
        conversation.shutdown(socket.SHUT_RDWR)


def _split(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
        address = address._replace(scheme="https") if address.scheme == "webcal" else address
        address.port  # noqa: B018 - raises when it is no number
    except ValueError:
        raise FetchFailed("Dit is geen geldig webadres.") from None
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise FetchFailed("Alleen adressen die met http, https of webcal beginnen.")
    if address.username or address.password:
        raise FetchFailed("Een adres met een naam en wachtwoord erin wordt niet gevolgd.")
    return address


def _target(address: SplitResult) -> str:
    target = urlunsplit(("", "", address.path or "/", address.query, ""))
    return target.encode("idna" if not target.isascii() else "ascii").decode("ascii")


def _connection(address: SplitResult, allowed: tuple[Network, ...], deadline: float) -> _Http:
    host = address.hostname or ""
    tls = address.scheme == "https"
    port = address.port or (http.client.HTTPS_PORT if tls else http.client.HTTP_PORT)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(f"De naam {host} bestaat niet.") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(_may_be_reached(each, allowed) for each in addresses):
        raise FetchFailed("Dit adres ligt in een eigen netwerk en wordt niet gevolgd.")
    return _Http(host, port, addresses[0], tls=tls, timeout=_left(deadline))


def _may_be_reached(address: Address, allowed: tuple[Network, ...]) -> bool:
    """Whether it lies on the public internet, or in a network that a setting allows."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
        elif address.sixtofour is not None:
            address = address.sixtofour
    if any(address in network for network in allowed if network.version == address.version):
        return True
    if isinstance(address, IPv6Address):
        return address in GIVEN_OUT and address.is_global
    return address.is_global and not address.is_multicast and address not in OF_PROTOCOLS


def _answer(answer: http.client.HTTPResponse, deadline: float) -> Fetched:
    if answer.status == NOT_MODIFIED:
        return Fetched(None)
    if answer.status != OK:
        raise FetchFailed(f"De server antwoordt met {answer.status} {answer.reason}.".strip())
    return Fetched(
        _body(answer, deadline),
        etag=_header(answer, "ETag"),
        last_modified=_header(answer, "Last-Modified"),
    )


def _header(answer: http.client.HTTPResponse, name: str) -> str:
    """What a header says, without what no database takes."""
    return without_control(answer.headers.get(name) or "")[:LONGEST_HEADER]


def _body(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    """The bytes, unpacked when the server packed them unasked; never more than ``MOST_BYTES``."""
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in {"identity", "gzip", "deflate"}:
        raise FetchFailed(f"De server verpakt de kalender op een manier ({packing}) die niet kan.")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packing != "identity" else None
    body = bytearray()
    while chunk := answer.read1(CHUNK_BYTES):
        room = MOST_BYTES + 1 - len(body)
        body += unpack.decompress(chunk, room) if unpack else chunk
        if len(body) > MOST_BYTES:
            raise FetchFailed(f"De kalender is groter dan {MOST_BYTES // 1024 // 1024} MB.")
    _left(deadline)  # else it was cut off in the middle
    return bytes(body)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _kind(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLError):
        return why_not_secure(fault)
    if isinstance(fault, ConnectionRefusedError):
        return "hij weigert de verbinding"
    return str(getattr(fault, "strerror", "") or type(fault).__name__)
