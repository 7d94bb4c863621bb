"""The queue keeps the same promises in SQLite, in PostgreSQL and in Redis."""

import logging
import sys
from copy import copy
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from huey.consumer import Scheduler, Worker
from redis import Redis
from sqlalchemy.orm import Session

from overleg.jobs.models import JobState
from overleg.jobs.outages import Outage
from overleg.jobs.queue import Queue, daily, init_queue, queue_of, run_after_commit
from overleg.jobs.runs import LEASE, WAITS
from overleg.jobs.storage import NO_REDIS
from overleg.jobs.worker import run_worker
from overleg.settings import SettingsError, read_settings
from tests.plugins.application import Clock
from tests.reading import ReadingClient
from tools.redis_server import PrivateRedis

WORK = "work"
OUTAGES = "overleg.jobs.outages"
AT_EACH = pytest.mark.parametrize(
    "place",
    [
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("redis", marks=pytest.mark.redis),
    ],
)


def take_what_waits(queue: Queue, *, killed: bool = False) -> None:
    """Take each job out of the queue and run it, as a worker does; or be killed before that."""
    for _ in range(sum(queue.waiting().values())):
        task = queue.huey.dequeue()
        if not killed:
            queue.huey.execute(task)
    queue.huey.storage.close()


@pytest.mark.own_app
@AT_EACH
def test_what_a_page_asks_is_queued_once_and_after_its_commit(
    app: Flask, session: Session, place: str
) -> None:
    queue, runs = queue_of(app), list[datetime]()
    queue.declare(WORK, runs.append)
    run_after_commit(WORK)
    run_after_commit(WORK)
    assert not queue.waiting()
    session.commit()
    session.commit()
    assert queue.waiting() == {WORK: 1}, place
    take_what_waits(queue)
    assert len(runs) == 1
    assert not queue.waiting()


@pytest.mark.own_app
@AT_EACH
def test_by_the_clock_nothing_runs_twice_is_lost_or_given_up(
    app: Flask, session: Session, clock: Clock, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    runs, fails = list[datetime](), [True]

    def work(moment: datetime) -> None:
        runs.append(moment)
        if fails:
            raise OSError("once")

    queue = queue_of(app)
    queue.declare(WORK, work, every=daily(hour_utc=2))
    other = copy(queue)  # a second worker, with a memory of its own
    queue.look_around()
    session.get_one(JobState, WORK).due_at_utc = clock()
    session.commit()
    queue.look_around()
    other.look_around()
    assert queue.waiting()[WORK] == 2, place

    take_what_waits(queue, killed=True)
    queue.look_around()
    assert queue.waiting()[WORK] == 0
    clock.moment += LEASE + timedelta(seconds=1)
    queue.look_around()
    other.look_around()
    with caplog.at_level(logging.CRITICAL):  # the worker tells of what fails
        take_what_waits(queue)
        take_what_waits(other)
    assert len(runs) == 1

    fails.clear()
    clock.moment += WAITS[0]
    queue.look_around()
    take_what_waits(other)
    take_what_waits(queue)
    assert len(runs) == 2
    session.expire_all()
    row = session.get_one(JobState, WORK)
    assert (row.failures, row.claim) == (0, None)
    assert row.due_at_utc is not None
    assert row.due_at_utc > clock()


@pytest.mark.redis
def test_a_redis_that_is_away_stops_no_page_and_is_told(
    app: Flask,
    session: Session,
    client: ReadingClient,
    redis_server: PrivateRedis,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue_of(app).look_around()
    huey, outage = queue_of(app).for_worker(), Outage()
    stopped = Event()
    stopped.set()
    threads = [Worker(huey, stopped, 0, 0, 1), Scheduler(huey, stopped, 0, periodic=False)]
    outage.watch(huey)
    assert client.get("/readyz").status_code == 200
    redis_server.stop()
    try:
        run_after_commit("deliver_mail")
        session.commit()
        away = client.get("/readyz")
        assert away.status_code == 503
        assert away.get_json()["reasons"] == [NO_REDIS]
        with pytest.raises(SystemExit, match="starten niet: de wachtrij in Redis"):
            run_worker(app)
        caplog.clear()
        for thread in [*threads, *threads]:
            thread.loop()
        assert [(told.name, told.exc_info) for told in caplog.records] == [(OUTAGES, None)]
    finally:
        redis_server.start()
    assert client.get("/readyz").status_code == 200
    run_after_commit("deliver_mail")
    session.commit()
    assert queue_of(app).waiting() == {"deliver_mail": 1}
    caplog.clear()
    threads[0].loop()
    outage.stop()
    assert "can be reached again" in caplog.messages[0]


@pytest.mark.redis
def test_a_job_in_redis_that_we_did_not_sign_is_not_unpacked(app: Flask, redis_url: str) -> None:
    queue_of(app).enqueue("deliver_mail")
    with Redis.from_url(redis_url) as redis:
        (signed,) = redis.lrange("huey.redis.overleg", 0, -1)
        redis.lset("huey.redis.overleg", 0, signed[:-1] + b"?")
    with pytest.raises(ValueError, match="mismatch"):
        queue_of(app).for_worker().dequeue()


def test_redis_is_refused_without_its_part_and_with_an_address_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"OVERLEG_MODE": "test", "OVERLEG_INSTANCE": str(tmp_path)}
    for address in ("http://host:6379", "redis://", "unix://", "geheim"):
        with pytest.raises(SettingsError, match="OVERLEG_REDIS_URL") as refused:
            read_settings({**environ, "OVERLEG_REDIS_URL": address})
        assert "geheim" not in str(refused.value)
    settings = read_settings({**environ, "OVERLEG_REDIS_URL": "redis://:geheim@host/1"})
    assert "geheim" not in repr(settings)
    monkeypatch.setitem(sys.modules, "redis", None)  # as where it is not installed
    with pytest.raises(SettingsError, match="onderdeel voor Redis ontbreekt"):
        init_queue(Flask("overleg"), settings)
