"""The process that runs the jobs: ``overleg worker``.

It stops on SIGTERM after the job it is busy with, at most ``STOP_WITHIN_SECONDS`` later.
"""

import logging

from flask import Flask
from huey.consumer import Consumer

from overleg.jobs.queue import queue_of
from overleg.jobs.readiness import database_problem

THREADS = 2
LONGEST_WAIT_SECONDS = 1.0
STOP_WITHIN_SECONDS = 8


def run_worker(app: Flask) -> None:
    """Run jobs until asked to stop. A heartbeat is written at once, before the first job.

    Raises ``SystemExit`` with a Dutch line when the database can't be used.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    with app.app_context():
        problem = database_problem()
    if problem is not None:
        raise SystemExit(f"De achtergrondtaken starten niet: {problem}.")
    queue = queue_of(app)
    queue.run("heartbeat")
    Consumer(
        queue.for_worker(),
        workers=THREADS,
        max_delay=LONGEST_WAIT_SECONDS,
        shutdown_timeout=STOP_WITHIN_SECONDS,
        graceful_signal="TERM",
    ).run()
