"""One folder of a mail server over IMAP (RFC 3501), with the standard library.

``imaps://user:password@host[:993]/INBOX`` speaks TLS from the start; ``imap://`` turns it on before
giving the password, except to this machine itself. The certificate must be one that this machine
trusts, and bear the name of the server. Nothing is marked as read by looking at it.
"""

import hashlib
import imaplib
import re
import ssl
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from overleg.lib.errors import OverlegError
from overleg.lib.tls import why_not_secure

TIMEOUT_SECONDS = 20
INBOX = "INBOX"
DONE = ("Verwerkt", "INBOX/Verwerkt", "INBOX.Verwerkt")
"""Where what was dealt with goes; some servers want everything below the inbox."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


class MailboxError(OverlegError):
    """The mailbox can't be read; the message is a Dutch sentence without the password."""


class Refused(Exception):
    """The server does not do its part; the message is the end of a Dutch sentence."""


EXPECTED = (OSError, imaplib.IMAP4.error, ValueError, Refused)


class Mailbox:
    """An open folder. Every method raises ``MailboxError`` when the server does not do its part."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self.folder = unquote(self._url.path.strip("/")) or INBOX
        self.uid_validity = 0
        self._server: imaplib.IMAP4 | None = None

    @property
    def key(self) -> str:
        """The mailbox by which progress is kept: server, user and folder, not to be read back."""
        named = f"{self._url.hostname}|{self._url.username}|{self.folder}"
        return hashlib.sha256(named.encode()).hexdigest()

    def __enter__(self) -> Self:
        try:
            self._server = self._connect()
            self._sign_in(self._server)
            self._check(*self._server.select(_quoted(self.folder)))
            _name, validity = self._server.response("UIDVALIDITY")
            self.uid_validity = int((validity or [b"0"])[0] or 0)
        except EXPECTED as error:
            self.close()
            raise self._unreadable(error) from error
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def sizes_after(self, last_uid: int) -> Sequence[tuple[int, int]]:
        """Number and size in bytes of every mail with a higher number than this, in order."""
        # ``n:*`` always gives the last mail, also when its number is lower (RFC 3501, 6.4.8).
        rows = self._ask("FETCH", f"{last_uid + 1}:*", "(UID RFC822.SIZE)")
        found = []
        for row in rows:
            uid, size = UID.search(_flat(row)), SIZE.search(_flat(row))
            if uid and size and int(uid[1]) > last_uid:
                found.append((int(uid[1]), int(size[1])))
        return sorted(found)

    def content_of(self, uid: int) -> bytes | None:
        """A whole mail; None when somebody took it away meanwhile."""
        for row in self._ask("FETCH", str(uid), "(UID BODY.PEEK[])"):
            if isinstance(row, tuple):
                content: bytes = row[1]
                return content
        return None

    def put_away(self, uid: int) -> None:
        """Mark a mail as read and move it to the folder of what was dealt with.

        Where no such folder can be made, or another worker was first, it stays or is gone: fine.
        """
        self._ask("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")
        for folder in DONE:
            if self._move(uid, folder):
                return
            self._opened.create(_quoted(folder))
            if self._move(uid, folder):
                return

    def close(self) -> None:
        """Let go of the connection."""
        if self._server is not None:
            try:
                self._server.logout()
            except (OSError, imaplib.IMAP4.error):
                _let_go(self._server)
            self._server = None

    def _connect(self) -> imaplib.IMAP4:
        host = self._url.hostname or ""
        if self._url.scheme == "imaps":
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(
                host, self._url.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS
            )
        server = imaplib.IMAP4(host, self._url.port or 143, timeout=TIMEOUT_SECONDS)
        if host not in HERE:
            try:
                server.starttls(ssl.create_default_context())
            except imaplib.IMAP4.error as error:
                _let_go(server)
                raise Refused(
                    "de server biedt geen beveiligde verbinding aan (STARTTLS), en zonder geven we "
                    "het wachtwoord niet"
                ) from error
            except OSError:
                _let_go(server)
                raise
        return server

    def _sign_in(self, server: imaplib.IMAP4) -> None:
        user, password = unquote(self._url.username or ""), unquote(self._url.password or "")
        try:
            if user.isascii() and password.isascii():
                server.login(user, password)
            else:
                server.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Refused("de server weigert de gebruiker of het wachtwoord") from error

    @property
    def _opened(self) -> imaplib.IMAP4:
        if self._server is None:
            raise MailboxError("De postbus is niet open.")
        return self._server

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        try:
            return self._check(*self._opened.uid(command, *arguments))
        except EXPECTED as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> MailboxError:
        host = self._url.hostname
        return MailboxError(f"De postbus op {host} is niet te lezen: {_why(error)}.")

    def _check(self, answer: str, data: list[Any]) -> list[Any]:
        if answer != "OK":
            raise Refused(f"de server weigert iets in de map {self.folder}")
        return data

    def _move(self, uid: int, folder: str) -> bool:
        """Move one mail; whether the server did (RFC 6851, or the long way round)."""
        server = self._opened
        try:
            if "MOVE" in self._abilities():
                return bool(server.uid("MOVE", str(uid), _quoted(folder))[0] == "OK")
            if server.uid("COPY", str(uid), _quoted(folder))[0] != "OK":
                return False
            self._ask("STORE", str(uid), "+FLAGS.SILENT", "(\\Deleted)")
            if "UIDPLUS" in self._abilities():
                self._ask("EXPUNGE", str(uid))
        except EXPECTED as error:
            raise self._unreadable(error) from error
        return True

    def _abilities(self) -> frozenset[str]:
        """What the server can; after signing in it may say more than before."""
        _answer, data = self._opened.capability()
        return frozenset(_flat(data[0]).decode("ascii", "replace").upper().split())


def _let_go(server: imaplib.IMAP4) -> None:
    with suppress(OSError):  # what went wrong before is what is told
        server.shutdown()


def _why(error: Exception) -> str:
    """What went wrong, as the end of a Dutch sentence."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, ssl.SSLError):
        return why_not_secure(error)
    if isinstance(error, TimeoutError):
        return "de server antwoordt niet op tijd"
    if isinstance(error, OSError):
        return "de server is niet bereikbaar"
    return "de server antwoordt niet zoals het hoort"


def _flat(row: object) -> bytes:
    parts = row if isinstance(row, tuple) else (row,)
    return b" ".join(part for part in parts if isinstance(part, bytes))


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
