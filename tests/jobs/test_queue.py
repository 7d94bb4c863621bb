"""Jobs run in a transaction of their own, after the commit of who asked for them."""

import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from huey.consumer import Consumer
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.jobs.heartbeat import beat
from overleg.jobs.models import WORKER, Heartbeat
from overleg.jobs.queue import Queue, daily, queue_of, run_after_commit
from overleg.jobs.worker import run_worker
from tests.at_once import ON_BOTH
from tests.jobs.workers import plain_worker, wait_until
from tests.plugins.application import Clock
from tests.reading import ReadingClient


def test_what_is_undone_asks_for_nothing(app: Flask, session: Session) -> None:
    session.execute(db.select(Heartbeat))
    run_after_commit("deliver_mail")
    session.rollback()
    session.commit()
    assert not queue_of(app).waiting()


@pytest.mark.own_app
def test_what_a_job_that_fails_did_is_undone(app: Flask, session: Session, now: datetime) -> None:
    def fail(moment: datetime) -> None:
        beat(moment)
        raise RuntimeError("on purpose")

    queue = queue_of(app)
    queue.declare("fail", fail)
    with pytest.raises(RuntimeError):
        queue.run("fail")
    assert session.get(Heartbeat, WORKER) is None
    with pytest.raises(ValueError, match="already"):
        queue.declare("fail", fail)


def test_daily_is_once_a_day() -> None:
    timing = daily(hour_utc=2)
    day = datetime(2026, 3, 2, tzinfo=UTC)
    moments = [day + timedelta(minutes=minute) for minute in range(24 * 60)]
    assert [moment for moment in moments if timing(moment)] == [day.replace(hour=2)]


def test_healthy_as_long_as_it_answers(client: ReadingClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok", "text/plain")


def test_ready_needs_a_worker_seen_lately(client: ReadingClient, app: Flask, clock: Clock) -> None:
    missing = client.get("/readyz")
    assert missing.status_code == 503
    assert "overleg worker" in missing.get_json()["reasons"][0]
    queue_of(app).look_around()
    assert client.get("/readyz").get_json() == {"ready": True, "reasons": []}
    clock.advance(minutes=4)
    assert client.get("/readyz").status_code == 503


@ON_BOTH
def test_two_workers_that_start_at_once_are_both_seen(
    app: Flask, session: Session, now: datetime, database_kind: str
) -> None:
    failed = []

    def begin() -> None:
        with app.app_context():
            try:
                beat(now)
                db.session.commit()
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    beat(now)
    second = Thread(target=begin)
    second.start()
    second.join(timeout=0.5)  # it can't go on before this one is ready
    session.commit()
    second.join()
    assert failed == [], database_kind
    assert session.get_one(Heartbeat, WORKER).seen_at_utc == now


@pytest.mark.own_app
def test_a_database_that_is_busy_at_the_start_does_not_stop_the_worker(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(_queue: Queue) -> None:
        raise OperationalError("INSERT", {}, OSError("database is locked"))

    def take(_consumer: Consumer) -> None:
        took.append(True)

    took: list[bool] = []
    monkeypatch.setattr(Queue, "look_around", busy)
    monkeypatch.setattr(Consumer, "run", take)
    run_worker(app)
    assert took
    assert "database is locked" in caplog.text


def test_not_ready_on_a_database_of_another_version(
    client: ReadingClient, session: Session
) -> None:
    session.execute(db.text("update alembic_version set version_num = '0001'"))
    session.commit()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "overleg migrate" in answer.get_json()["reasons"][0]


def _is_seen(database_url: str) -> bool:
    engine = db.create_engine(database_url)
    with engine.connect() as connection:
        seen = connection.scalar(db.select(Heartbeat.seen_at_utc))
    engine.dispose()
    return seen is not None


def test_the_worker_beats_at_once_and_stops_when_asked(database_url: str, tmp_path: Path) -> None:
    with plain_worker(database_url, tmp_path) as process:
        wait_until(lambda: _is_seen(database_url), process)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


def test_the_worker_says_why_it_does_not_start(empty_database_url: str, tmp_path: Path) -> None:
    with plain_worker(empty_database_url, tmp_path) as process:
        assert process.wait(timeout=60) == 1
        told = process.output.read()
    assert "overleg migrate" in told
    assert "Traceback" not in told
