"""A load generator on the standard library: threads that each keep one connection busy."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

WARM_UP_SECONDS = 1.5
TURNS = 4


@dataclass(frozen=True)
class Answer:
    """One answer of a server."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Target:
    """What to ask of a server, and the status that it answers."""

    port: int
    path: str
    headers: Mapping[str, str]
    expect: int


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


def compare(
    ours: Target, theirs: Target, *, connections: int, seconds: float
) -> tuple[Timing, Timing]:
    """Measure both in turns, each for so long in all: what else the machine does hits both alike.

    Raises ``UnexpectedAnswerError`` when any answer has another status than is expected.
    """
    _load(ours, connections, WARM_UP_SECONDS)  # templates compile once
    _load(theirs, connections, WARM_UP_SECONDS)
    took_ours: list[float] = []
    took_theirs: list[float] = []
    for _ in range(TURNS):
        took_ours += _load(ours, connections, seconds / TURNS)
        took_theirs += _load(theirs, connections, seconds / TURNS)
    return _timing(took_ours, connections), _timing(took_theirs, connections)


def _load(target: Target, connections: int, seconds: float) -> list[float]:
    """How long each answer took, in seconds, while all connections ask over and over."""
    end = time.perf_counter() + seconds
    askers = [_Asker(target, end) for _ in range(connections)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    for asker in askers:
        if asker.failure is not None:
            raise asker.failure
    return [took for asker in askers for took in asker.seen]


def _timing(took: list[float], connections: int) -> Timing:
    """The connections are always busy, so how many answers there are per second follows."""
    cuts = statistics.quantiles(took, n=20) if len(took) > 1 else took * 19
    return Timing(
        rps=connections * len(took) / sum(took),
        p50_ms=statistics.median(took) * 1000,
        p95_ms=cuts[18] * 1000,
    )


class _Asker(Thread):
    """One connection that asks again as soon as it is answered."""

    def __init__(self, target: Target, end: float) -> None:
        super().__init__(daemon=True)
        self._target = target
        self._end = end
        self.seen: list[float] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        target = self._target
        connection = HTTPConnection("127.0.0.1", target.port, timeout=120)
        try:
            while (begun := time.perf_counter()) < self._end:
                connection.request("GET", target.path, headers=dict(target.headers))
                response = connection.getresponse()
                response.read()
                self.seen.append(time.perf_counter() - begun)
                if response.status != target.expect:
                    raise UnexpectedAnswerError(f"{target.path}: {response.status}")
        except Exception as failure:
            self.failure = failure
        finally:
            connection.close()
