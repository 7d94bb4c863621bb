"""What runs by the clock: once, made up for, tried again, and seen by who keeps the service."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock, Thread

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.jobs.models import JobState
from overleg.jobs.queue import daily, queue_of
from overleg.jobs.runs import LEASE, WAITS
from overleg.lib.errors import NotPossible
from tests.at_once import ON_BOTH
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

WORK = "work"


class Work:
    """A job that counts its runs, and fails as long as it is told to."""

    def __init__(self) -> None:
        self.runs = 0
        self.fails = False

    def __call__(self, _now: datetime) -> None:
        self.runs += 1
        if self.fails:
            raise OSError("a secret address")


@pytest.fixture
def work(app: Flask, clock: Clock) -> Work:
    """A daily job at 2.00 UTC, known to the table of jobs."""
    done = Work()
    queue_of(app).declare(WORK, done, every=daily(hour_utc=2), does="Telt de uren")
    queue_of(app).look_around()
    return done


def row_of(session: Session, name: str = WORK) -> JobState:
    """What the table says of a job now."""
    session.expire_all()
    return session.get_one(JobState, name)


@pytest.mark.own_app
@ON_BOTH
def test_two_workers_run_what_is_due_once(app: Flask, clock: Clock, database_kind: str) -> None:
    queue, done, lock = queue_of(app), list[str](), Lock()

    def doing(name: str) -> None:
        def work(_now: datetime) -> None:
            with lock:
                done.append(name)

        queue.declare(name, work, every=daily(hour_utc=2))

    names = [f"job {number}" for number in range(8)]
    for name in names:
        doing(name)
    queue.look_around()
    clock.advance(days=3)
    together = Barrier(2)

    def run_all() -> None:
        together.wait()
        for name in names:
            queue.run_due(name)

    workers = [Thread(target=run_all) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == names, database_kind


@pytest.mark.own_app
def test_a_run_that_was_missed_is_made_up_for_once(
    app: Flask, work: Work, clock: Clock, session: Session
) -> None:
    first = row_of(session).due_at_utc
    assert first == datetime(2026, 3, 3, 2, tzinfo=UTC)
    queue = queue_of(app)
    queue.run_due(WORK)
    assert work.runs == 0, "it is not due yet"
    clock.advance(days=5)
    queue.look_around()
    assert queue.waiting()[WORK] == 1
    queue.look_around()
    assert queue.waiting()[WORK] == 1, "what waits is not put in the queue again"
    queue.run_due(WORK)
    queue.run_due(WORK)
    assert work.runs == 1
    assert row_of(session).due_at_utc == datetime(2026, 3, 8, 2, tzinfo=UTC)


@pytest.mark.own_app
def test_what_fails_is_tried_again_ever_later_until_it_goes_well(
    app: Flask, work: Work, clock: Clock, session: Session
) -> None:
    clock.advance(days=1)
    work.fails = True
    for wait in (*WAITS, WAITS[-1]):
        with pytest.raises(OSError, match="secret"):
            queue_of(app).run_due(WORK)
        row = row_of(session)
        assert row.due_at_utc == clock() + wait
        assert "secret" not in row.failed_reason
        clock.moment += wait
    work.fails = False
    queue_of(app).run_due(WORK)
    row = row_of(session)
    assert (row.failures, row.failed_reason, row.claim) == (0, "", None)
    assert row.due_at_utc == datetime(2026, 3, 4, 2, tzinfo=UTC)


@pytest.mark.own_app
def test_a_job_that_takes_long_stays_with_its_worker(
    app: Flask, clock: Clock, session: Session
) -> None:
    queue, seen = queue_of(app), list[datetime | None]()

    def take_long(_now: datetime) -> None:
        for _ in range(4):
            clock.advance(minutes=2)
            queue.look_around()
            queue.run_due(WORK)
            seen.append(row_of(session).due_at_utc)

    queue.declare(WORK, take_long, every=daily(hour_utc=2))
    queue.look_around()
    clock.advance(days=1)
    began = clock()
    queue.run_due(WORK)
    assert seen == [began + timedelta(minutes=2 * n) + LEASE for n in range(1, 5)]


@pytest.mark.own_app
def test_the_administrator_sees_what_failed_and_lets_it_run_again(
    app: Flask, work: Work, clock: Clock, session: Session, cast: Cast, client: ReadingClient
) -> None:
    clock.advance(days=1)
    work.fails = True
    with pytest.raises(OSError, match="secret"):
        queue_of(app).run_due(WORK)
    client.sign_in(cast.administrator)
    page = client.get("/beheer/taken").text
    assert "Telt de uren" in page
    assert "Een bestand of een andere dienst was niet bereikbaar." in page
    assert "Probeer opnieuw" in page
    assert "secret" not in page
    assert "draaien niet" in page, "the worker was seen a day ago"
    assert client.press(f"/beheer/taken/{WORK}/uitvoeren").status_code == 302
    work.fails = False
    queue_of(app).run_due(WORK)
    assert work.runs == 2
    assert client.press("/beheer/taken/bestaat-niet/uitvoeren").status_code == 404


def test_a_job_is_not_started_twice(
    app: Flask, session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    client.sign_in(cast.administrator)
    never = client.press("/beheer/taken/deliver_mail/uitvoeren")
    assert (never.status_code, NotPossible.status) == (409, 409)
    assert "overleg worker" in never.text
    session.add(JobState(name="deliver_mail", claim="x" * 16, due_at_utc=now + LEASE))
    session.commit()
    assert "Deze taak loopt al." in client.press("/beheer/taken/deliver_mail/uitvoeren").text
    assert "loopt nu" in client.get("/beheer/taken").text


def test_every_job_says_what_it_does(app: Flask) -> None:
    assert [job.name for job in queue_of(app).jobs.values() if not job.does] == []
