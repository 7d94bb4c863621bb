"""A real SMTP server on this machine, that keeps what it receives."""

import asyncio
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.plugins.certificates import Certificate

USER, PASSWORD = "overleg", "geheim"
REFUSED_FOR_NOW = "451 4.3.0 Try again later"


@dataclass(frozen=True)
class Delivered:
    """One message as the server took it in."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


@dataclass
class Mailbox:
    """Where the server listens and what came in, oldest first."""

    host: str = "127.0.0.1"
    port: int = 0
    scheme: str = "smtp"
    account: str = ""
    """``user:password@`` when one must sign in."""
    delivered: list[Delivered] = field(default_factory=list)
    refusals_to_come: int = 0
    refused_addresses: dict[str, str] = field(default_factory=dict)
    holds: bool = False
    """Whether a sender waits for an answer now."""
    _hold_at: int = 0

    @property
    def url(self) -> str:
        """The address as the setting OVERLEG_SMTP_URL takes it."""
        return f"{self.scheme}://{self.account}{self.host}:{self.port}"

    def refuse(self, times: int) -> None:
        """Refuse the next messages with a temporary error, as a busy server does."""
        self.refusals_to_come = times

    def refuse_address(self, address: str, reply: str) -> None:
        """Refuse mails to this address with this reply, as for somebody who left."""
        self.refused_addresses[address] = reply

    def hold_at(self, number: int) -> None:
        """Take in so many messages, and leave who sends the last of them without an answer."""
        self._hold_at = number

    def let_go(self) -> None:
        """Answer again."""
        self._hold_at = 0

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages for one address."""
        return [mail.message for mail in self.delivered if address in mail.recipients]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take in an address, or refuse it."""
        if address in self.refused_addresses:
            return self.refused_addresses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep one message, or refuse it."""
        if self.refusals_to_come:
            self.refusals_to_come -= 1
            return REFUSED_FOR_NOW
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        message = message_from_bytes(raw, policy=policy.default)
        sender = envelope.mail_from or ""
        self.delivered.append(Delivered(sender, tuple(envelope.rcpt_tos), message))
        while len(self.delivered) == self._hold_at:
            self.holds = True
            await asyncio.sleep(0.01)
        self.holds = False
        return "250 OK"


class OnFreePort(Controller):
    """A server whose port the system chooses; aiosmtpd would knock on port 0 to wake it."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """A running SMTP server on a free port."""
    with _running(Mailbox()) as mailbox:
        yield mailbox


@contextmanager
def smtp_over_tls(shows: Certificate, *, scheme: str) -> Iterator[Mailbox]:
    """A server with TLS at once (``smtps``), or that insists on STARTTLS and a password."""
    mailbox = Mailbox(scheme=scheme)
    options: dict[str, Any] = {"ssl_context": shows.context}
    if scheme == "smtp":
        mailbox.account = f"{USER}:{PASSWORD}@"
        options = {"tls_context": shows.context, "require_starttls": True}
        options |= {"auth_required": True, "authenticator": _authenticate}
    with _running(mailbox, **options) as running:
        yield running


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == known)


@contextmanager
def _running(mailbox: Mailbox, **options: Any) -> Iterator[Mailbox]:
    controller = OnFreePort(mailbox, hostname=mailbox.host, port=0, **options)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()
