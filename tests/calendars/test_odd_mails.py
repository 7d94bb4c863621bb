"""Whatever bytes come in as a mail: nothing falls over them, down to the database."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from overleg.calendars.invitations.reading import deal_with
from overleg.calendars.invitations.replies import read_mail, read_reply
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from tests.at_once import ON_BOTH
from tests.calendars.answering_mails import GOOGLE, outlook
from tests.mail.outbox import waiting

RETURNED = (Path(__file__).parents[1] / "mail" / "returned" / "postfix.eml").read_bytes()


def test_what_no_database_takes_is_left_out_of_an_answer() -> None:
    odd = read_mail(outlook("e\0en", attendee="may\0or@cast.test"))
    good = read_mail(outlook("een"))
    assert odd is not None
    assert good is not None
    assert odd.reply == good.reply is not None


@pytest.fixture
def returned(session: Session, now: datetime) -> OutboxMessage:
    """The mail of ours that comes back in ``RETURNED``."""
    row = waiting(session, now)
    row.id, row.state = "abcdefgh23456789", MailState.SENT
    session.commit()
    return row


@ON_BOTH
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from([GOOGLE, RETURNED, outlook("een@overleg")]),
    st.binary(max_size=400),
    st.integers(0, 2400),
)
@example(GOOGLE, b"\0", GOOGLE.index(b"\nUID:") + 5)
@example(RETURNED, b"\0", RETURNED.index(b"rejected: User") + 10)
def test_no_bytes_make_the_reader_fall(
    returned: OutboxMessage,
    now: datetime,
    database_kind: str,
    mail: bytes,
    noise: bytes,
    place: int,
) -> None:
    assert returned.state is MailState.SENT, database_kind
    deal_with(mail[:place] + noise + mail[place:], now)
    read_reply(noise)
