"""Taking a mail to its mail server, with the standard library."""

import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

from overleg.lib.tls import why_not_secure
from overleg.mail.models import OutboxMessage

TIMEOUT_SECONDS = 20
SENDER = "Overleg"
POLICY = re.compile(r"5\.7\.\d+\b")


class SmtpServer:
    """One connection to the server of ``OVERLEG_SMTP_URL``; made when the first mail goes.

    ``smtp://[user:password@]host[:25]`` turns on TLS where the server offers it, and insists on it
    before giving a password; ``smtps://`` speaks TLS from the start (port 465).
    """

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, message: EmailMessage) -> None:
        """Send one mail. Raises ``OSError`` or ``smtplib.SMTPException``."""
        if self._connection is None:
            self._connection = _connect(self._url)
        self._connection.send_message(message)

    def close(self) -> None:
        """Let go of the connection; the next mail makes a new one."""
        if self._connection is not None:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_SECONDS)
    try:
        server.ehlo()
        # A password never travels in the clear: starttls raises where it is not offered.
        if url.scheme != "smtps" and (url.username or server.has_extn("starttls")):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def is_final(error: Exception) -> bool:
    """Whether the server said that trying again is useless (a reply of 500 or more, RFC 5321)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        return error.smtp_code >= 500
    return False


def is_no_address(error: Exception) -> bool:
    """Whether the server said for good that this address takes no mail.

    Not when it refuses us for reasons of its own (status x.7.x, RFC 3463): that says nothing of the
    address.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(
        code >= 500 and not POLICY.match(_text(reply)) for code, reply in error.recipients.values()
    )


def in_words(error: Exception) -> str:
    """What went wrong, for Beheer: the server's own reply, which its keeper knows."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [f"{code} {_text(reply)}" for code, reply in error.recipients.values()]
        return "De mailserver weigerde het adres: " + "; ".join(replies)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"De mailserver antwoordde: {error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, ssl.SSLError):
        return f"De mailserver was niet bereikbaar: {why_not_secure(error)}."
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return f"De mailserver was niet bereikbaar: {error}"
    return str(error) or type(error).__name__


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply


def email_message(row: OutboxMessage, *, sender: str) -> EmailMessage:
    """The mail of a row. Its Message-ID follows from the row, so a repeated mail is recognised."""
    message = EmailMessage()
    message["From"] = Address(SENDER, addr_spec=sender)
    message["To"] = Address(row.to_name, addr_spec=row.to_email)
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.created_at_utc)
    message["Message-ID"] = f"<{row.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "nl-BE"
    message.set_content(row.text + "\n")
    message.add_alternative(row.html + "\n", subtype="html")
    if row.calendar is not None:
        # Last, as mail programs show the last part they know (RFC 6047, 2.4; RFC 2046, 5.1.4).
        # Quoted-printable keeps the line ends of iCalendar, and passes every server.
        message.add_alternative(
            row.calendar,
            subtype="calendar",
            params={"method": row.calendar_method or "PUBLISH"},
            cte="quoted-printable",
        )
    return message
