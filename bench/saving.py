"""What somebody waits for who writes a verslag: the text that saves itself, again and again."""

import json
import re
import statistics
import time
from collections.abc import Mapping

from bench.load import Answer, UnexpectedAnswerError, fetch
from bench.report import Row
from bench.servers import Servers, WebServer
from overleg.web.statements import HEADER

NAME = "verslag bewaart zichzelf"
TIMES = 120
SENTENCE = "<p>De burgemeesters bespreken het voorstel en vragen wat het kost. </p>"


class _Note:
    """The text of one point on the page at ``path``, where it is open, and how often it was saved.

    Raises ``UnexpectedAnswerError`` when it can't be saved.
    """

    def __init__(self, server: WebServer, path: str, headers: Mapping[str, str]) -> None:
        page = fetch(server.port, path, headers=headers).body.decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            raise UnexpectedAnswerError(f"{path} has no form")
        self._token = token.group(1)
        self._address = path.replace("/verslag?", "/verslag/bewaren?")
        self._headers = headers
        self._edition = self._count = 0

    def save(self, server: WebServer) -> Answer:
        """Write one sentence more, and save it all."""
        self._count += 1
        form = {
            "csrf_token": self._token,
            "text_html": SENTENCE * self._count,
            "text_html-format": "html",
            "started_from": str(self._edition),
            "writing_id": "meting",
        }
        answer = fetch(server.port, self._address, headers=self._headers, form=form)
        told = json.loads(answer.body) if answer.status == 200 else {}
        if told.get("state") != "saved":
            why = f"{answer.status} {told.get('message', '')}"
            raise UnexpectedAnswerError(f"{self._address}: {why}")
        self._edition = told["edition"]
        return answer


def measure_autosave(
    servers: Servers, path: str, headers: Mapping[str, str], *, scale: int, floor_rps: float
) -> Row:
    """Save the notes of one point over and over, each time with more text, as one writer does.

    ``path`` is the page where the point is open. There is no floor for it of its own: the ratio is
    against how many pages the floor answers to one who asks, ``floor_rps`` per second.
    """
    note, took = _Note(servers.overleg, path, headers), []
    for _ in range(TIMES):
        begun = time.perf_counter()
        note.save(servers.overleg)
        took.append(time.perf_counter() - begun)
    note.save(servers.counter)
    counted = note.save(servers.counter)
    rps = len(took) / sum(took)
    return Row(
        name=NAME,
        scale=scale,
        rps=rps,
        p50_ms=statistics.median(took) * 1000,
        p95_ms=statistics.quantiles(took, n=20)[18] * 1000,
        ratio_to_floor=rps / floor_rps,
        statements=int(counted.headers[HEADER]),
    )
