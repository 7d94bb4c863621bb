"""Each role against each circle, on every way out of the calendars: files, feeds, invitations."""

from sqlalchemy import select

from overleg.calendars.invitations.workflow import switch_on
from overleg.calendars.workflow import Extras, create_feed
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.mail.models import OutboxMessage
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.answers.links import answer_links
from tests.agenda.preparing import NOW
from tests.house.test_circles import READS, Sent, expected, released_in_each_circle, sent, told

__all__ = ["sent"]

SEATED = frozenset({"chair", "mayor", "tielt_mayor"})
"""Who of the cast has a seat in Midwest: they alone are invited and asked whether they come."""


def test_no_calendar_tells_any_point(sent: Sent) -> None:
    for name, reach in READS.items():
        answer = sent.visit(getattr(sent.cast, name)).get(f"{sent.meeting}.ics")
        assert answer.status_code == (404 if reach is None else 200)
        assert not told(answer.text), name


def test_a_calendar_tells_what_is_due_to_its_readers_and_never_what_is_closed(sent: Sent) -> None:
    for outcome in released_in_each_circle(sent).values():
        row = outcome.follow_ups[0]
        row.organisation, row.due_on = sent.cast.roeselare, NOW.date()
    sent.cast.midwest.has_public_calendar = True
    sent.session.commit()
    extras = Extras(deadlines=True, follow_up=True, other_dates=True)
    seen: dict[str, set[Circle]] = {}
    for name in READS:
        who = viewer_for(getattr(sent.cast, name), NOW.date())
        try:
            _, token = create_feed(who, organisation=sent.cast.roeselare, extras=extras, now=NOW)
        except NotFound:
            seen[name] = set()
            continue
        seen[name] = told(sent.visit(None).get(f"/kalender/{token}.ics").text)
    assert seen == {name: expected(name) - {Circle.MAYORS} for name in READS}
    for path in ("midwestoverleg", "regio/midwest"):
        answer = sent.visit(None).get(f"/kalender/openbaar/{path}.ics")
        assert answer.status_code == 200
        assert not told(answer.text)


def test_invitations_reach_who_has_a_seat_and_tell_no_point(sent: Sent) -> None:
    for name in READS:
        switch_on(getattr(sent.cast, name), now=NOW)
    sent.session.commit()
    invited = sent.session.scalars(
        select(OutboxMessage).where(OutboxMessage.calendar.is_not(None))
    ).all()
    assert {mail.to_email for mail in invited} == {
        getattr(sent.cast, name).email for name in SEATED
    }
    for mail in invited:
        assert not told(f"{mail.subject}{mail.text}{mail.html}{mail.calendar}")


def test_the_link_to_answer_opens_for_who_has_a_seat_and_the_table_reads_who_comes(
    sent: Sent,
) -> None:
    opened, read = set(), set()
    for name in READS:
        person = getattr(sent.cast, name)
        for _words, address in answer_links(sent.table.meeting.id, person.id):
            page_text = sent.visit(None).get("/" + address.split("/", 3)[3])
            assert page_text.status_code in {200, 410}
            assert not told(page_text.text)
            if page_text.status_code == 200:
                opened.add(name)
        if "stemgerechtigden" in sent.visit(person).get(f"{sent.meeting}/deelnemers").text:
            read.add(name)
    assert opened == SEATED
    assert read == {name for name in READS if Circle.MAYORS in expected(name)}
