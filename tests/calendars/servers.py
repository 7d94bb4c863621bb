"""A real server on this machine that gives calendars, and behaves as badly as it is told."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

from tests.plugins.certificates import Certificate

HERE = (ip_network("127.0.0.0/8"),)
"""The networks that tests may reach."""
ZONE_COUNCIL = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:zone\r\nX-WR-CALNAME:Zoneraad Midwest\r\n"
    b"BEGIN:VEVENT\r\nUID:zone-1@example.test\r\nDTSTART;TZID=Romance Standard Time:%s\r\n"
    b"DURATION:PT2H\r\nSUMMARY:Zoneraad\r\nLOCATION:Roeselare\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

Answer = Callable[[BaseHTTPRequestHandler], None]


def zone_council(start: str = "20260313T090000", uid: str = "zone-1@example.test") -> bytes:
    """The zoneraad's calendar with one meeting that starts then, on the clock in Brussels."""
    return (ZONE_COUNCIL % start.encode()).replace(b"zone-1@example.test", uid.encode())


def gives(data: bytes, **headers: str) -> Answer:
    """A server that answers with these bytes; knows its ETag when it has one."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if headers.get("ETag") and request.headers.get("If-None-Match") == headers["ETag"]:
            request.send_response(304)
            request.end_headers()
            return
        request.send_response(200)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def packed(size: int) -> bytes:
    """A gzip file that unpacks to that many bytes."""
    return gzip.compress(b"0" * size, compresslevel=1)


def sends_to(url: str) -> Answer:
    """A server that redirects."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", url)
        request.end_headers()

    return answer


def drips(request: BaseHTTPRequestHandler) -> None:
    """A server that never ends its answer."""
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"B")
            time.sleep(0.05)
    except OSError:
        return


@contextmanager
def serving(answer: Answer, *, shows: Certificate | None = None) -> Iterator[str]:
    """The address of a server that answers so, while it stands; with a certificate over https."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if shows is not None:
        server.socket = shows.context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if shows else 'http'}://127.0.0.1:{server.server_address[1]}/zoneraad.ics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
