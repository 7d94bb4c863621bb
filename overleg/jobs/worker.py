"""The process that runs the jobs: ``overleg worker``.

Two threads of huey take jobs from the queue; one more looks around for what is due. It stops on
SIGTERM after the job it is busy with, at most ``STOP_WITHIN_SECONDS`` later.
"""

import logging
from threading import Event, Thread

from flask import Flask
from huey.consumer import Consumer

from overleg.jobs.outages import Outage, is_away
from overleg.jobs.queue import Queue, queue_of
from overleg.jobs.readiness import database_problem

THREADS = 2
LONGEST_WAIT_SECONDS = 1.0
STOP_WITHIN_SECONDS = 8
LOOK_EVERY_SECONDS = 20.0

log = logging.getLogger(__name__)


def run_worker(app: Flask) -> None:
    """Run jobs until asked to stop. A heartbeat is written at once, before the first job, and what
    should have run while no worker lived is put in the queue.

    Raises ``SystemExit`` with a Dutch line when the database or the queue can't be used.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    queue = queue_of(app)
    with app.app_context():
        problem = database_problem() or queue.problem
    if problem is not None:
        raise SystemExit(f"De achtergrondtaken starten niet: {problem}.")
    taken = queue.for_worker()
    stopped, outage = Event(), Outage()
    outage.watch(taken)
    _look(queue, outage)
    looking = (queue, stopped, outage)
    Thread(target=_keep_looking, args=looking, daemon=True, name="looking").start()
    try:
        Consumer(
            taken,
            workers=THREADS,
            periodic=False,
            max_delay=LONGEST_WAIT_SECONDS,
            shutdown_timeout=STOP_WITHIN_SECONDS,
            graceful_signal="TERM",
        ).run()
    finally:
        stopped.set()
        outage.stop()


def _keep_looking(queue: Queue, stopped: Event, outage: Outage) -> None:
    while not stopped.wait(LOOK_EVERY_SECONDS):
        _look(queue, outage)


def _look(queue: Queue, outage: Outage) -> None:
    try:
        queue.look_around()
    except Exception as error:
        # A database that is busy or restarts: again in a moment.
        if is_away(error):
            outage.note(error)
        else:
            log.exception("could not look for jobs that are due")
