"""Measure, print a table and write `instance/bench.json`: `make bench`.

make bench ARGS="--scale 1 --seconds 2"          a quick look
make bench ARGS="--scale 1 --only zoeken,304"    some of the pages
make bench ARGS="--read"                         what was measured last, and its goals
"""

import argparse
import os
import re
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

from bench import report
from bench.bundles import NAME as BUNDLE
from bench.bundles import measure_bundle
from bench.imports import measure_import
from bench.load import Target, UnexpectedAnswerError, compare, fetch
from bench.proposal_zips import measure_proposal_zip
from bench.region_reports import measure_region_reports
from bench.saving import NAME as AUTOSAVE
from bench.saving import measure_autosave
from bench.servers import Servers, WebServer, serve
from bench.subjects import PASSWORD, WORD_ITEMS, Subject, fill
from bench.world import SUPPORT
from bench.years import measure_years
from overleg import create_app
from overleg.settings import read_settings
from tools.postgresql import PrivateServer

RESULTS = Path("instance") / "bench.json"
SETTLED = timedelta(minutes=5)
"""Long enough ago that what was loaded counts as quiet."""
JOBS = {
    "voorstellen": measure_proposal_zip,
    "regiorapporten": measure_region_reports,
    "inlezen": measure_import,
    "jaar voorstellen": measure_years,
}
"""What the worker does, by name; each tells in a line how long it took, and whether in time."""
SECRET = "only-of-the-benchmark-and-its-database"  # noqa: S105


def main() -> None:
    """Measure every subject at every scale."""
    arguments = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    arguments.add_argument("--scale", default="1,10,100", help="how often the demo's data")
    arguments.add_argument("--seconds", type=float, default=4.0, help="per measurement")
    arguments.add_argument("--connections", type=int, default=8, help="that ask at once")
    arguments.add_argument("--only", default="", help="the pages whose name holds one of these")
    arguments.add_argument("--read", action="store_true", help="measure nothing")
    chosen = arguments.parse_args()
    rows = report.read(RESULTS) if chosen.read else _measured(chosen)
    print(report.as_table(rows))
    reached = report.goals(rows)
    print(*reached, sep="\n")
    sys.exit(0 if all(goal.is_reached for goal in reached) else 1)


def _measured(chosen: argparse.Namespace) -> list[report.Row]:
    rows: list[report.Row] = []
    with PrivateServer() as databases:
        for scale in map(int, chosen.scale.split(",")):
            with tempfile.TemporaryDirectory(prefix="overleg-bench-") as instance:
                url = databases.create_database(f"scale-{scale}")
                bench = Bench(url, Path(instance), scale, chosen)
                rows += bench.measure()
                report.write(rows, RESULTS)
    return rows


class Bench:
    """The measurements at one scale, on a database of its own."""

    def __init__(self, url: str, instance: Path, scale: int, chosen: argparse.Namespace) -> None:
        self._environment = {
            **os.environ,
            "OVERLEG_MODE": "production",
            "OVERLEG_SECRET_KEY": SECRET,
            "OVERLEG_INSTANCE": str(instance),
            "DATABASE_URL": url,
            # No worker runs: no mail leaves.
            "OVERLEG_BASE_URL": "http://localhost",
            "OVERLEG_SMTP_URL": "smtp://localhost",
            "OVERLEG_MAIL_FROM": "overleg@localhost",
        }
        self._scale = scale
        self._chosen = chosen

    def measure(self) -> list[report.Row]:
        """Fill the database, start both servers and measure every subject."""
        now = datetime.now(UTC) - SETTLED
        begun = time.monotonic()
        app = create_app(read_settings(self._environment))
        world = fill(app, scale=self._scale, now=now)
        took = time.monotonic() - begun
        print(f"De demo werd {self._scale}x geladen in {took:.0f} s.", flush=True)
        counting = {**self._environment, "OVERLEG_COUNT_STATEMENTS": "1"}
        with (
            serve("wsgi:app", ready="/healthz", environment=self._environment) as overleg,
            serve("wsgi:app", ready="/healthz", environment=counting, workers=1) as counter,
            serve("bench.floor:app", ready="/0", environment={}) as floor,
        ):
            servers = Servers(overleg, counter, floor)
            chosen = [subject for subject in world.subjects if self._wants(subject.name)]
            readers = {one.reader for one in chosen}
            cookies = {who: sign_in(overleg, who) if who else None for who in readers}
            rows = [self._row(one, servers, cookies[one.reader]) for one in chosen]
            if self._wants(AUTOSAVE):
                rows.append(self._autosave(world.written_path, servers))
            memory = overleg.worker_memory_mb()
        rows = [replace(row, worker_mb=memory) for row in rows]
        if self._wants(BUNDLE):
            version = world.bundled_version_id
            rows.append(measure_bundle(app, version, scale=self._scale, now=now))
        for name, measure in JOBS.items():
            if self._wants(name):
                print(measure(app, datetime.now(UTC)), flush=True)
        return rows

    def _autosave(self, path: str, servers: Servers) -> report.Row:
        headers = {"Cookie": sign_in(servers.overleg, SUPPORT)}
        bare = Target(servers.floor.port, "/0", {}, 200)
        _ours, theirs = compare(bare, bare, connections=1, seconds=self._chosen.seconds)
        return measure_autosave(servers, path, headers, scale=self._scale, floor_rps=theirs.rps)

    def _wants(self, name: str) -> bool:
        return any(part in name for part in self._chosen.only.split(","))

    def _row(self, subject: Subject, servers: Servers, cookie: str | None) -> report.Row:
        overleg, floor = servers.overleg, servers.floor
        headers = {**subject.headers, **({"Cookie": cookie} if cookie else {})}
        answer = fetch(overleg.port, subject.path, headers=headers)
        if answer.status != 200:
            raise UnexpectedAnswerError(f"{subject.path}: {answer.status}")
        size, expect = len(answer.body), 200
        if subject.revalidated:
            headers["If-None-Match"] = answer.headers["ETag"]
            size, expect = 0, 304
        bare = f"/{WORD_ITEMS}.docx" if subject.floor == "docx" else f"/{size}"
        page = Target(overleg.port, subject.path, headers, expect)
        connections = subject.connections or self._chosen.connections
        load = {"connections": connections, "seconds": self._chosen.seconds}
        ours, theirs = compare(page, Target(floor.port, bare, {}, 200), **load)
        times = None
        if subject.bare is not None:
            asked, idle = compare(page, replace(page, path=subject.bare), **load)
            times = asked.p95_ms / idle.p95_ms
        print(f"  {subject.name}: {ours.rps:.0f} per s, bodem {theirs.rps:.0f} per s", flush=True)
        return report.Row(
            name=subject.name,
            scale=self._scale,
            rps=ours.rps,
            p50_ms=ours.p50_ms,
            p95_ms=ours.p95_ms,
            ratio_to_floor=ours.rps / theirs.rps,
            statements=servers.statements(subject.path, headers),
            p95_times_bare=times,
        )


def sign_in(server: WebServer, email: str) -> str:
    """Sign in as somebody would and read a page, and return the cookie header of the session."""
    page = fetch(server.port, "/aanmelden")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.body.decode())
    if token is None:
        raise UnexpectedAnswerError("/aanmelden has no form")
    form = {"csrf_token": token.group(1), "email": email, "wachtwoord": PASSWORD}
    headers = {"Cookie": _cookie(page.headers)}
    answer = fetch(server.port, "/aanmelden", headers=headers, form=form)
    if answer.status not in {302, 303}:
        raise UnexpectedAnswerError(f"/aanmelden: {answer.status}")
    session = _cookie(answer.headers)
    page = fetch(server.port, "/account", headers={"Cookie": session})
    return _cookie(page.headers) or session


def _cookie(headers: dict[str, str]) -> str:
    jar = SimpleCookie(headers.get("Set-Cookie", ""))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


if __name__ == "__main__":
    main()
