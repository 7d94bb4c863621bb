"""A worker is killed in the middle of its work: nothing is lost, and one thing may come twice."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from overleg.jobs.models import JobState
from overleg.mail.delivery import CLAIM
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from tests.jobs.workers import SLOW, wait_until, worker
from tests.plugins.smtp import Mailbox

MAILS = 4
DELIVER = "deliver_mail"


@contextmanager
def opened(url: str) -> Iterator[Session]:
    """A session on the database of a worker, committed at the end."""
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


def in_the_outbox(url: str, number: int) -> None:
    """Mails that are due, for a worker that looks at once."""
    now = datetime.now(UTC)
    with opened(url) as session:
        session.add(JobState(name=DELIVER, due_at_utc=now))
        session.add_all(
            OutboxMessage(
                to_email=f"lid{each}@post.test",
                to_name=f"Lid {each}",
                subject="Agenda",
                text="Dag",
                html="<p>Dag</p>",
                created_at_utc=now,
                send_after_utc=now,
            )
            for each in range(number)
        )


def is_over(url: str) -> bool:
    """Whether no mail waits any more."""
    with opened(url) as session:
        waits = OutboxMessage.state == MailState.WAITING
        return session.scalar(select(OutboxMessage.id).where(waits).limit(1)) is None


def test_no_mail_is_lost_and_at_most_the_one_in_hand_comes_twice(
    database_url: str, smtp_server: Mailbox, tmp_path: Path
) -> None:
    in_the_outbox(database_url, MAILS)
    smtp_server.hold_at(2)
    with worker(database_url, tmp_path, OVERLEG_SMTP_URL=smtp_server.url) as first:
        wait_until(lambda: smtp_server.holds, first)
        first.kill()
    smtp_server.let_go()
    with opened(database_url) as session:
        # As if the claims of the worker that died had ended.
        earlier = datetime.now(UTC) - timedelta(seconds=1)
        waits = OutboxMessage.state == MailState.WAITING
        session.execute(update(OutboxMessage).where(waits).values(send_after_utc=earlier))
        session.execute(update(JobState).where(JobState.name == DELIVER).values(due_at_utc=earlier))
    with worker(database_url, tmp_path, OVERLEG_SMTP_URL=smtp_server.url) as second:
        wait_until(lambda: is_over(database_url), second)

    came = Counter(str(mail.message["Message-ID"]) for mail in smtp_server.delivered)
    assert len(came) == MAILS, "no mail is lost"
    assert sorted(came.values()) == [1] * (MAILS - 1) + [2]
    assert came.most_common(1)[0][0] == smtp_server.delivered[1].message["Message-ID"]
    assert timedelta(minutes=10) == CLAIM, "the guide says how long the mail in hand may wait"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("redis", marks=pytest.mark.redis),
    ],
)
def test_a_periodic_job_whose_worker_was_killed_runs_again(
    database_url: str, tmp_path: Path, place: str, request: pytest.FixtureRequest
) -> None:
    told = tmp_path / "told"
    redis_url = request.getfixturevalue("redis_url") if place == "redis" else ""

    def times(word: str) -> int:
        return told.read_text().count(word) if told.exists() else 0

    def due(moment: datetime) -> None:
        with opened(database_url) as session:
            session.execute(update(JobState).where(JobState.name == SLOW).values(due_at_utc=moment))

    def row() -> JobState | None:
        with opened(database_url) as session:
            session.expire_on_commit = False
            return session.get(JobState, SLOW)

    with opened(database_url) as session:
        # It should have run two hours ago, while no worker lived.
        missed = datetime.now(UTC) - timedelta(hours=2)
        session.add(JobState(name=SLOW, due_at_utc=missed))
    with worker(database_url, tmp_path, OVERLEG_REDIS_URL=redis_url) as first:
        wait_until(lambda: times("begun") == 1, first)
        held = row()
        first.kill()
    assert held is not None
    assert held.claim is not None
    assert times("ended") == 0

    due(datetime.now(UTC))  # as if its claim had ended
    (tmp_path / "go on").touch()
    with worker(database_url, tmp_path, OVERLEG_REDIS_URL=redis_url) as second:
        wait_until(lambda: (now := row()) is not None and now.succeeded_at_utc is not None, second)
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=60) == 0, "it stops when asked"
    assert (times("begun"), times("ended")) == (2, 1)
    settled = row()
    assert settled is not None
    assert settled.claim is None
    assert settled.due_at_utc is not None
    assert settled.due_at_utc > datetime.now(UTC), "what was missed for days is done once"
