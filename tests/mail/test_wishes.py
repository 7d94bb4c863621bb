"""Mail at once or once a day, and not in the quiet hours of who reads it."""

from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg import resources
from overleg.db import db
from overleg.lib.dates import BRUSSELS
from overleg.mail.addresses import keep_wishes, move_address
from overleg.mail.delivery import deliver_waiting
from overleg.mail.haste import TEMPLATES, Haste, never_waits
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState, Rhythm
from overleg.mail.wishes import Wishes
from overleg.mail.workflow import Address, CalendarPart, post
from tests.at_once import ON_BOTH
from tests.mail.outbox import configure
from tests.plugins.application import Clock
from tests.plugins.smtp import Mailbox

NIGHT = Wishes(quiet_from=time(20), quiet_until=time(7))
RESTS = Wishes(quiet_from=time(20), quiet_until=time(7), quiet_weekends=True)
DAILY = Wishes(rhythm=Rhythm.DAILY)
ANN = Address("Ann Peeters", "ann@post.test")


def brussels(*moment: int) -> datetime:
    """A moment on the clock of Brussels."""
    return datetime(*moment, tzinfo=BRUSSELS)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("wishes", "at", "leaves"),
    [
        (Wishes(), (2026, 3, 7, 3), (2026, 3, 7, 3)),
        (NIGHT, (2026, 3, 2, 19, 59), (2026, 3, 2, 19, 59)),
        (NIGHT, (2026, 3, 2, 20), (2026, 3, 3, 7)),
        (NIGHT, (2026, 3, 3, 6, 59), (2026, 3, 3, 7)),
        (RESTS, (2026, 3, 6, 21), (2026, 3, 9, 7)),
        (RESTS, (2026, 3, 8, 12), (2026, 3, 9, 7)),
        (Wishes(quiet_from=time(12), quiet_until=time(14)), (2026, 3, 2, 13), (2026, 3, 2, 14)),
        # The clock goes forward in the night of 29 March 2026, back in that of 25 October.
        (NIGHT, (2026, 3, 28, 22), (2026, 3, 29, 7)),
        (NIGHT, (2026, 10, 24, 22), (2026, 10, 25, 7)),
        (
            Wishes(quiet_from=time(22), quiet_until=time(2, 30)),
            (2026, 3, 29, 0),
            (2026, 3, 29, 3, 30),
        ),
    ],
)
def test_quiet_hours_end_on_the_clock_of_brussels(
    wishes: Wishes, at: tuple[int, ...], leaves: tuple[int, ...]
) -> None:
    assert wishes.first_moment(brussels(*at)) == brussels(*leaves)


@pytest.mark.parametrize(
    ("wishes", "at", "leaves"),
    [
        (DAILY, (2026, 3, 2, 6, 59), (2026, 3, 2, 7)),
        (DAILY, (2026, 3, 2, 7), (2026, 3, 3, 7)),
        (DAILY, (2026, 3, 28, 12), (2026, 3, 29, 7)),
        (
            Wishes(Rhythm.DAILY, time(20), time(8), quiet_weekends=True),
            (2026, 3, 6, 9),
            (2026, 3, 9, 8),
        ),
    ],
)
def test_the_mail_of_the_day_leaves_at_seven_unless_that_is_quiet(
    wishes: Wishes, at: tuple[int, ...], leaves: tuple[int, ...]
) -> None:
    assert wishes.next_digest(brussels(*at)) == brussels(*leaves)


HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    quiet_from=HOURS,
    quiet_until=HOURS,
    weekends=st.booleans(),
)
def test_every_mail_leaves_within_four_days_and_never_in_quiet_hours(
    moment: datetime, quiet_from: time, quiet_until: time, weekends: bool
) -> None:
    if quiet_from == quiet_until:
        return
    wishes = Wishes(Rhythm.AT_ONCE, quiet_from, quiet_until, weekends)
    leaves = wishes.first_moment(moment)
    assert moment <= leaves <= moment + timedelta(days=4)
    assert wishes.first_moment(leaves) == leaves


def test_every_template_says_how_much_haste_it_has() -> None:
    folder = resources.folder("templates") / "mail"
    made = {file.stem for file in folder.glob("[!_]*.txt")} - {"base"}
    assert made == set(TEMPLATES)


def test_what_is_near_does_not_wait(now: datetime) -> None:
    def waits(template: str, hours: float) -> bool:
        matters_at = now + timedelta(hours=hours)
        return not never_waits(template, matters_at=matters_at, now=now)

    assert [waits("meeting_changed", hours) for hours in (-1, 1, 48, 49)] == [
        True,
        False,
        False,
        True,
    ]
    assert waits("outcome_news", 1)
    assert not waits("sign_in_link", 100)
    assert TEMPLATES["password_changed"] is Haste.NEVER_WAITS


def told(now: datetime, title: str, **wanted: object) -> OutboxMessage:
    """A mail about a proposal, to Ann."""
    row = post(
        ANN,
        subject=title,
        template="proposal",
        context={
            "intro": f"Er is nieuws over {title}.",
            "proposal_title": title,
            "body_name": "Midwestoverleg",
            "organisation_name": "Tielt",
            "by_when": "",
            "reason": "",
            "link": f"http://localhost:8000/voorstellen/{title}",
        },
        about=None,
        now=now,
        **wanted,  # type: ignore[arg-type]
    )
    assert row is not None
    return row


@pytest.fixture
def mailbox(app: Flask, smtp_server: Mailbox) -> Mailbox:
    """A mail server that the application knows."""
    configure(app, smtp_url=smtp_server.url)
    return smtp_server


def test_who_wants_one_mail_a_day_gets_one_by_body_each_with_its_link(
    app: Flask, mailbox: Mailbox, session: Session, clock: Clock
) -> None:
    keep_wishes("Ann@post.test", DAILY, now=clock())
    body = type("Body", (), {"id": "b" * 16, "name": "Midwestoverleg"})
    rows = [told(clock(), "fietspad", body=body)]
    clock.advance(minutes=1)
    rows += [told(clock(), "zwembad", body=body), told(clock(), "andere")]
    urgent = told(clock(), "dringend", urgent=True)
    invited = told(clock(), "uitnodiging", calendar=CalendarPart("BEGIN:VCALENDAR", "REQUEST"))
    session.commit()
    deliver_waiting(clock())
    assert len(mailbox.delivered) == 2, "what has haste and what goes in the calendar leaves"
    assert (urgent.state, invited.state) == (MailState.SENT, MailState.SENT)
    assert {row.state for row in rows} == {MailState.HELD}

    clock.moment = rows[0].send_after_utc
    assert clock() == brussels(2026, 3, 3, 7)
    deliver_waiting(clock())
    deliver_waiting(clock() + timedelta(minutes=1))
    digest = mailbox.delivered[-1].message
    assert len(mailbox.delivered) == 3
    assert digest["Subject"] == "Dagoverzicht van dinsdag 3 maart 2026: 3 berichten"
    plain = digest.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    places = [text.index(word) for word in ("MIDWESTOVERLEG", "fietspad", "zwembad", "andere")]
    assert places == sorted(places)
    assert text.count("http://localhost:8000/voorstellen/") == 3
    assert "/account/mail" in text
    assert "Er is nieuws over zwembad." in text
    kept = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "digest")).one()
    assert {(row.state, row.digest_id, row.sent_at_utc) for row in rows} == {
        (MailState.DIGESTED, kept.id, clock())
    }


def test_a_mail_waits_for_the_end_of_the_quiet_hours(
    app: Flask, mailbox: Mailbox, session: Session, clock: Clock
) -> None:
    keep_wishes("ann@post.test", RESTS, now=clock())
    clock.moment = brussels(2026, 3, 6, 22)
    row = told(clock(), "fietspad")
    session.commit()
    deliver_waiting(clock())
    assert (row.state, row.attempts, mailbox.delivered) == (MailState.QUIET, 0, [])
    assert row.send_after_utc == brussels(2026, 3, 9, 7)
    deliver_waiting(row.send_after_utc)
    assert row.state is MailState.SENT


@pytest.mark.parametrize(
    ("wishes", "state", "leaves"),
    [
        (Wishes(), MailState.SENT, None),
        (NIGHT, MailState.QUIET, brussels(2026, 3, 7, 7)),
        (DAILY, MailState.HELD, brussels(2026, 3, 7, 7)),
    ],
)
def test_other_hours_count_for_what_waits_already(
    app: Flask,
    mailbox: Mailbox,
    session: Session,
    clock: Clock,
    wishes: Wishes,
    state: MailState,
    leaves: datetime | None,
) -> None:
    clock.moment = brussels(2026, 3, 6, 22)
    keep_wishes("ann@post.test", RESTS, now=clock())
    row = told(clock(), "fietspad")
    session.commit()
    deliver_waiting(clock())
    assert row.send_after_utc == brussels(2026, 3, 9, 7)
    keep_wishes("ann@post.test", wishes, now=clock())
    session.commit()
    deliver_waiting(clock())
    assert row.state is state
    assert leaves is None or row.send_after_utc == leaves
    if state is MailState.HELD:
        later = Wishes(Rhythm.DAILY, quiet_from=time(20), quiet_until=time(9))
        keep_wishes("ann@post.test", later, now=clock())
        assert row.send_after_utc == brussels(2026, 3, 7, 9)


def test_what_is_held_goes_along_to_another_address_and_leaves_when_it_may(
    app: Flask, mailbox: Mailbox, session: Session, clock: Clock
) -> None:
    keep_wishes("ann@post.test", DAILY, now=clock())
    row = told(clock(), "fietspad")
    session.commit()
    deliver_waiting(clock())
    move_address("ann@post.test", "ann.peeters@post.test")
    assert (row.state, row.to_email) == (MailState.HELD, "ann.peeters@post.test")
    keep_wishes("ann.peeters@post.test", Wishes(), now=clock())
    session.commit()
    deliver_waiting(clock())
    assert len(mailbox.to("ann.peeters@post.test")) == 1


@ON_BOTH
def test_two_workers_make_one_mail_of_the_day(
    app: Flask, mailbox: Mailbox, session: Session, clock: Clock, database_kind: str
) -> None:
    for number in range(3):
        row = told(clock(), f"voorstel {number}")
        row.state, row.send_after_utc = MailState.HELD, clock()
    session.commit()
    session.close()
    together = Barrier(2)

    def work() -> None:
        with app.app_context():
            together.wait()
            deliver_waiting(clock())
            db.session.remove()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    subjects = [mail.message["Subject"] for mail in mailbox.delivered]
    assert subjects == ["Dagoverzicht van maandag 2 maart 2026: 3 berichten"], database_kind
