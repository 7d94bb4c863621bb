"""A real IMAP server on this machine, that keeps mails in memory; with TLS where it is asked."""

import asyncio
import imaplib
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

import pytest
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl.hashing import BuiltinHash

from tests.plugins.certificates import Certificate

HOST = "127.0.0.1"
ELSEWHERE = "127.0.0.2"
"""Also this machine, but not by a name for which TLS may be left out."""
USER, PASSWORD = "vergaderingen", "geheim/1@"
OPTIONS = Namespace(
    host=HOST,
    port=0,
    debug=False,
    cert=None,
    key=None,
    tls=False,
    proxy_protocol=None,
    passlib_cfg=None,
    demo_data=False,
    demo_user=USER,
    demo_password=PASSWORD,
)


@dataclass(frozen=True)
class ImapMailbox:
    """The mailbox on it, as somebody with a mail program sees it."""

    port: int
    host: str = HOST
    scheme: str = "imap"

    @property
    def url(self) -> str:
        """The address as the setting OVERLEG_IMAP_URL takes it."""
        return f"{self.scheme}://{USER}:geheim%2F1%40@{self.host}:{self.port}/INBOX"

    def receive(self, mail: bytes) -> None:
        """Lay a mail in the inbox, as a mail server does."""
        with self._signed_in() as server:
            server.append("INBOX", "", imaplib.Time2Internaldate(0.0), mail)

    def mails_in(self, folder: str) -> list[EmailMessage]:
        """The mails of a folder, oldest first; none where it does not exist."""
        with self._signed_in() as server:
            if server.select(folder, readonly=True)[0] != "OK":
                return []
            _answer, rows = server.uid("FETCH", "1:*", "(UID BODY.PEEK[])")
            contents = [row[1] for row in rows if isinstance(row, tuple)]
        return [message_from_bytes(content, policy=policy.default) for content in contents]

    def unread_in(self, folder: str) -> int:
        """How many mails of a folder nobody read."""
        with self._signed_in() as server:
            server.select(folder, readonly=True)
            _answer, (found,) = server.search(None, "UNSEEN")
        return len(found.split())

    @contextmanager
    def _signed_in(self) -> Iterator[imaplib.IMAP4]:
        anybody = ssl._create_unverified_context()  # noqa: S323 - it is this machine
        secure = partial(imaplib.IMAP4_SSL, ssl_context=anybody)
        connect = secure if self.scheme == "imaps" else imaplib.IMAP4
        server = connect(self.host, self.port, timeout=20)
        if self.host == ELSEWHERE and self.scheme == "imap":
            server.starttls(anybody)
        try:
            server.login(USER, PASSWORD)
            yield server
        finally:
            server.logout()


@pytest.fixture
def imap_server() -> Iterator[ImapMailbox]:
    """A running IMAP server with an empty inbox, on a free port."""
    with running_imap() as mailbox:
        yield mailbox


@contextmanager
def running_imap(
    shows: Certificate | None = None, *, host: str = HOST, scheme: str = "imap"
) -> Iterator[ImapMailbox]:
    """A running IMAP server: ``imaps`` speaks TLS at once, ``imap`` when asked if it has any."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = _start(shows, host, at_once=scheme == "imaps")
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(timeout=60)
    try:
        yield ImapMailbox(server.sockets[0].getsockname()[1], host, scheme)
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(shows: Certificate | None, host: str, *, at_once: bool) -> asyncio.Server:
    quick = BuiltinHash(hash_name="sha256", rounds=1)
    offers = shows is not None and not at_once
    context = shows.context if shows else None
    options = Namespace(**{**vars(OPTIONS), "host": host, "tls": offers})
    backend, config = await DictBackend.init(options, hash_context=quick, ssl_context=context)
    config.apply_context()
    answer = ProxyProtocolReader(config.proxy_protocol).get_callback(
        IMAPServer(backend.login, config)
    )
    return await asyncio.start_server(answer, host, 0, ssl=context if at_once else None)


async def _stop(server: asyncio.Server) -> None:
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)
