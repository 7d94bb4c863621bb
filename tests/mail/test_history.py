"""What was mailed stands in the history of what it was about, for who keeps the body."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.mail.history import same_sending, sendings_about
from overleg.mail.models import MailSubject, OutboxMessage
from overleg.mail.states import MailState
from tests.house.world import World
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of

TOKEN = "t" * 43


def posted(session: Session, now: datetime, about: object, **given: object) -> OutboxMessage:
    """One mail of a sending."""
    values: dict[str, object] = {
        "state": MailState.SENT,
        "to_email": "lid@post.test",
        "to_name": "Een lid",
        "subject": "Agenda: Midwest",
        "text": f"Dag\n\nhttp://localhost:8000/antwoord/{TOKEN}",
        "html": "",
        "subject_type": "meetings",
        "subject_id": about,
        "template": "agenda_sent",
        "created_at_utc": now,
        "send_after_utc": now,
        **given,
    }
    row = OutboxMessage(**values)
    session.add(row)
    session.commit()
    return row


def kicker_of(client: ReadingClient, mail: OutboxMessage) -> str:
    """What stands above the title of a mail."""
    page = parse(client.get(f"/mails/{mail.id}").text)
    return next(text_of(each) for each in page.iter("p") if each.get("class") == "kicker")


def about(letter: str, body_id: str) -> MailSubject:
    """One more thing that a mail is about."""
    return MailSubject(subject_id=letter * 16, body_id=body_id)


def test_mails_of_one_sending_are_one_row(session: Session, cast: Cast, now: datetime) -> None:
    body = cast.midwest.id
    for state in (MailState.SENT, MailState.SENT, MailState.FAILED):
        posted(session, now, "m" * 16, body_id=body, state=state)
    for town in ("Tielt", "Ardooie"):
        subject = f"Te agenderen in {town}"
        posted(session, now, "m" * 16, body_id=body, template="outcome_released", subject=subject)
    posted(session, now, "m" * 16, body_id=cast.rivierenland.id)
    posted(session, now, "m" * 16)
    found = sendings_about(["m" * 16], {body})
    alike = "stuurde een mail naar 3 personen: Agenda: Midwest"
    own = "stuurde een mail naar 2 personen, elk met een eigen onderwerp, zoals: Te agenderen in"
    assert {each.sentence: each.reason for each in found} == {
        alike: "1 mail is mislukt.",
        f"{own} Ardooie": "",
    }
    assert sendings_about(["m" * 16], set()) == []


def test_a_mail_about_more_stands_with_each_for_who_keeps_all_it_speaks_of(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    here, there = cast.midwest.id, cast.rivierenland.id
    given: dict[str, object] = {"subject_type": None, "template": "follow_up_reminder"}
    one = posted(
        session,
        now,
        None,
        **given,
        body_id=here,
        body_name=cast.midwest.name,
        also_about=[about("a", here)],
    )
    both = posted(session, now, None, **given, also_about=[about("a", here), about("b", there)])
    only = posted(session, now, None, **given, also_about=[about("b", there)])
    (here_alone,) = sendings_about(["a" * 16], {here})
    assert (here_alone.first_id, here_alone.people) == (one.id, 1)
    assert [each.people for each in sendings_about(["a" * 16], {here, there})] == [2]
    assert sendings_about(["b" * 16], {here}) == []
    assert same_sending(one) == [one]
    assert {each.id for each in same_sending(both)} == {one.id, both.id, only.id}
    client.sign_in(cast.support)
    assert kicker_of(client, one) == "Mail · Midwestoverleg"
    more = posted(session, now, None, **given, also_about=[about("a", here)], body_name="")
    assert kicker_of(client, more) == "Mail"
    assert client.get(f"/mails/{both.id}").status_code == 404


def test_support_staff_read_a_mail_from_the_history_and_others_do_not(
    session: Session, world: World, client: ReadingClient, now: datetime
) -> None:
    cast, meeting = world.cast, world.meeting
    sent = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.subject_id == meeting.id, OutboxMessage.template == "agenda_sent"
        )
    ).all()
    assert len({each.to_name for each in sent}) > 2
    path = f"/mails/{sent[0].id}"
    history = f"/vergaderingen/{meeting.id}/historiek"
    client.sign_in(cast.support)
    page = " ".join(client.get(history).text.split())
    assert f"stuurde een mail naar {len(sent)} personen: Agenda" in page
    mail = client.get(path).text
    assert all(each.to_name in mail for each in sent)
    assert "/vergaderingen/" in mail
    assert "stuurde een mail" in client.get(f"/voorstellen/{world.proposal.id}").text
    assert "stuurde een mail" in client.get(f"/uitkomsten/{world.outcome.id}").text
    assert "stuurde een mail" in client.get(f"/dossiers/{world.proposal.dossier_id}").text

    secret = posted(session, now, meeting.id, body_id=cast.midwest.id)
    assert TOKEN not in client.get(f"/mails/{secret.id}").text
    for person in (cast.mayor, cast.chair, cast.administrator, cast.stranger):
        client.sign_in(person)
        assert client.get(path).status_code == 404
    client.sign_in(cast.mayor)
    assert "stuurde een mail" not in client.get(history).text
    account = posted(session, now, cast.mayor.id, subject_type="people")
    client.sign_in(cast.support)
    assert client.get(f"/mails/{account.id}").status_code == 404
