"""A load generator on the standard library: threads that each keep one connection busy."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

WARM_UP_SECONDS = 1.5


@dataclass(frozen=True)
class Answer:
    """One answer of a server."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Timing:
    """What a stretch of load measured."""

    rps: float
    p50_ms: float
    p95_ms: float


class UnexpectedAnswerError(Exception):
    """A server did not answer with the status the benchmark counts on."""


def fetch(
    port: int,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """Ask once: GET, or POST when there is a form."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        sent = dict(headers or {})
        if form is None:
            connection.request("GET", path, headers=sent)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, body=urlencode(form), headers=sent)
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, dict(response.getheaders()), body)
    finally:
        connection.close()


def load(
    port: int,
    path: str,
    *,
    headers: Mapping[str, str],
    expect: int,
    connections: int,
    seconds: float,
) -> Timing:
    """Ask for a path over and over and measure, after a moment to warm up: templates compile once.

    Raises ``UnexpectedAnswerError`` when any answer has another status than ``expect``.
    """
    start = time.perf_counter() + WARM_UP_SECONDS
    end = start + seconds
    askers = [_Asker(port, path, headers, expect, end) for _ in range(connections)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    for asker in askers:
        if asker.failure is not None:
            raise asker.failure
    counted = [took for asker in askers for at, took in asker.seen if start <= at <= end]
    if len(counted) < 2:  # so slow that the time was over: what there is, warm or not
        counted = [took for asker in askers for _, took in asker.seen]
    cuts = statistics.quantiles(counted, n=20) if len(counted) > 1 else counted * 19
    return Timing(
        rps=len(counted) / seconds,
        p50_ms=statistics.median(counted) * 1000,
        p95_ms=cuts[18] * 1000,
    )


class _Asker(Thread):
    """One connection that asks again as soon as it is answered."""

    def __init__(
        self, port: int, path: str, headers: Mapping[str, str], expect: int, end: float
    ) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._path = path
        self._headers = dict(headers)
        self._expect = expect
        self._end = end
        self.seen: list[tuple[float, float]] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            while (begun := time.perf_counter()) < self._end:
                connection.request("GET", self._path, headers=self._headers)
                response = connection.getresponse()
                response.read()
                done = time.perf_counter()
                self.seen.append((done, done - begun))
                if response.status != self._expect:
                    raise UnexpectedAnswerError(f"{self._path}: {response.status}")
        except Exception as failure:
            self.failure = failure
        finally:
            connection.close()
