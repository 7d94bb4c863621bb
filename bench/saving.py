"""What somebody waits for who writes a verslag: the text that saves itself, again and again."""

import json
import re
import statistics
import time
from collections.abc import Mapping

from bench.load import UnexpectedAnswerError, fetch
from bench.report import Row
from bench.servers import WebServer
from overleg.web.statements import HEADER

NAME = "verslag bewaart zichzelf"
TIMES = 120
SENTENCE = "<p>De burgemeesters bespreken het voorstel en vragen wat het kost. </p>"


def measure_autosave(
    server: WebServer, path: str, headers: Mapping[str, str], *, scale: int, floor_rps: float
) -> Row:
    """Save the notes of one point over and over, each time with more text, as one writer does.

    ``path`` is the page where the point is open. There is no floor for it of its own: the ratio is
    against how many pages the floor answers to one who asks, ``floor_rps`` per second.
    """
    page = fetch(server.port, path, headers=headers).body.decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if token is None:
        raise UnexpectedAnswerError(f"{path} has no form")
    address = path.replace("/verslag?", "/verslag/bewaren?")
    edition, took, statements = 0, [], None
    for number in range(1, TIMES + 1):
        form = {
            "csrf_token": token.group(1),
            "text_html": SENTENCE * number,
            "text_html-format": "html",
            "started_from": str(edition),
            "writing_id": "meting",
        }
        begun = time.perf_counter()
        answer = fetch(server.port, address, headers=headers, form=form)
        took.append(time.perf_counter() - begun)
        told = json.loads(answer.body) if answer.status == 200 else {}
        if told.get("state") != "saved":
            raise UnexpectedAnswerError(f"{address}: {answer.status} {told.get('message', '')}")
        edition, statements = told["edition"], int(answer.headers[HEADER])
    rps = len(took) / sum(took)
    return Row(
        name=NAME,
        scale=scale,
        rps=rps,
        p50_ms=statistics.median(took) * 1000,
        p95_ms=statistics.quantiles(took, n=20)[18] * 1000,
        ratio_to_floor=rps / floor_rps,
        statements=statements,
    )
