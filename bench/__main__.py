"""Measure, print a table and write `instance/bench.json`: `make bench`.

make bench ARGS="--scales 1 --seconds 2"   a quick look
"""

import argparse
import os
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

from bench import report
from bench.load import Target, UnexpectedAnswerError, compare, fetch
from bench.region_reports import measure_region_reports
from bench.servers import WebServer, serve
from bench.subjects import PASSWORD, WORD_ITEMS, Subject, fill
from overleg import create_app
from overleg.settings import read_settings
from overleg.web.statements import HEADER
from tools.postgresql import PrivateServer

RESULTS = Path("instance") / "bench.json"
SETTLED = timedelta(minutes=5)
"""Long enough ago that what was loaded counts as quiet."""
SECRET = "only-of-the-benchmark-and-its-database"  # noqa: S105


def main() -> None:
    """Measure every subject at every scale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scales", default="1,10,100", help="how often the demo's data")
    arguments.add_argument("--seconds", type=float, default=4.0, help="per measurement")
    arguments.add_argument("--connections", type=int, default=8, help="that ask at once")
    arguments.add_argument("--only", default="", help="of the subjects whose name holds this")
    chosen = arguments.parse_args()
    rows: list[report.Row] = []
    with PrivateServer() as databases:
        for scale in map(int, chosen.scales.split(",")):
            with tempfile.TemporaryDirectory(prefix="overleg-bench-") as instance:
                url = databases.create_database(f"scale-{scale}")
                bench = Bench(url, Path(instance), scale, chosen)
                rows += bench.measure()
    print(report.as_table(rows))
    report.write(rows, RESULTS)
    missed = report.missed_goals(rows)
    print("\n".join(missed) or "Alle doelen zijn gehaald.")
    sys.exit(1 if missed else 0)


class Bench:
    """The measurements at one scale, on a database of its own."""

    def __init__(self, url: str, instance: Path, scale: int, chosen: argparse.Namespace) -> None:
        self._environment = {
            **os.environ,
            "OVERLEG_MODE": "production",
            "OVERLEG_SECRET_KEY": SECRET,
            "OVERLEG_INSTANCE": str(instance),
            "OVERLEG_COUNT_STATEMENTS": "1",
            "DATABASE_URL": url,
        }
        self._scale = scale
        self._chosen = chosen

    def measure(self) -> list[report.Row]:
        """Fill the database, start both servers and measure every subject."""
        print(f"De demo wordt {self._scale}x geladen.", flush=True)
        app = create_app(read_settings(self._environment))
        subjects = fill(app, scale=self._scale, now=datetime.now(UTC) - SETTLED)
        with (
            serve("wsgi:app", ready="/healthz", environment=self._environment) as overleg,
            serve("bench.floor:app", ready="/0", environment={}) as floor,
        ):
            chosen = [subject for subject in subjects if self._chosen.only in subject.name]
            readers = {one.reader for one in chosen}
            cookies = {who: sign_in(overleg, who) if who else None for who in readers}
            rows = [self._row(one, overleg, floor, cookies[one.reader]) for one in chosen]
            memory = overleg.worker_memory_mb()
        print(measure_region_reports(app, datetime.now(UTC)), flush=True)
        print(f"Geheugen van een webwerker op {self._scale}x: {memory:.0f} MB", flush=True)
        if memory > report.MOST_MEMORY_MB:
            print(f"NIET GEHAALD: hoogstens {report.MOST_MEMORY_MB} MB.", flush=True)
        return rows

    def _row(
        self, subject: Subject, overleg: WebServer, floor: WebServer, cookie: str | None
    ) -> report.Row:
        headers = {**subject.headers, **({"Cookie": cookie} if cookie else {})}
        answer = fetch(overleg.port, subject.path, headers=headers)
        if answer.status != 200:
            raise UnexpectedAnswerError(f"{subject.path}: {answer.status}")
        size, expect = len(answer.body), 200
        if subject.revalidated:
            headers["If-None-Match"] = answer.headers["ETag"]
            size, expect = 0, 304
        bare = f"/{WORD_ITEMS}.docx" if subject.floor == "docx" else f"/{size}"
        ours, theirs = compare(
            Target(overleg.port, subject.path, headers, expect),
            Target(floor.port, bare, {}, 200),
            connections=self._chosen.connections,
            seconds=self._chosen.seconds,
        )
        print(f"  {subject.name}: {ours.rps:.0f} per s, bodem {theirs.rps:.0f} per s", flush=True)
        warm = fetch(overleg.port, subject.path, headers=headers)
        return report.Row(
            name=subject.name,
            scale=self._scale,
            rps=ours.rps,
            p50_ms=ours.p50_ms,
            p95_ms=ours.p95_ms,
            ratio_to_floor=ours.rps / theirs.rps,
            statements=int(warm.headers[HEADER]),
        )


def sign_in(server: WebServer, email: str) -> str:
    """Sign in as somebody would, and return the cookie header of the session."""
    page = fetch(server.port, "/aanmelden")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.body.decode())
    if token is None:
        raise UnexpectedAnswerError("/aanmelden has no form")
    form = {"csrf_token": token.group(1), "email": email, "wachtwoord": PASSWORD}
    headers = {"Cookie": _cookie(page.headers)}
    answer = fetch(server.port, "/aanmelden", headers=headers, form=form)
    if answer.status not in {302, 303}:
        raise UnexpectedAnswerError(f"/aanmelden: {answer.status}")
    return _cookie(answer.headers)


def _cookie(headers: dict[str, str]) -> str:
    jar = SimpleCookie(headers.get("Set-Cookie", ""))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


if __name__ == "__main__":
    main()
