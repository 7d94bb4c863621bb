"""What is asked of somebody: the most pressing stands there, however much there is."""

from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from overleg.agenda.queries.worklists import PAGE_LENGTH
from overleg.agenda.states import Answer
from overleg.agenda.workflow.co_submitting import ask_along, confirm_along
from overleg.agenda.workflow.validation import cast_vote
from overleg.organisations.models import RoleAssignment, Seat
from overleg.scheduling.states import MeetingState
from overleg.start.tasks.listing import MOST_MEETINGS
from overleg.start.views import MOST_TASKS
from tests.agenda.preparing import NOW
from tests.agenda.proposing import make_draft, make_submitted
from tests.agenda.validating import opened_of
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.scheduling.planned import meeting_on


def asked_on(client: ReadingClient) -> list[str]:
    """The titles of what is asked on the start page, from top to bottom."""
    return [text_of(each) for each in parse(client.get("/").text).iter("h2")]


def test_the_proposal_to_answer_first_stands_there_among_many_newer_ones(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    for number in range(PAGE_LENGTH + 1):
        proposal = make_submitted(
            cast.mayor, cast.midwest, cast.roeselare, now=NOW, title=f"Voorstel {number}"
        )
        proposal.changed_at_utc = NOW + timedelta(minutes=number)
        opened_of(proposal).due_at_utc = NOW + timedelta(days=9, hours=number)
    pressing = make_submitted(
        cast.mayor, cast.midwest, cast.roeselare, now=NOW, title="Wacht al lang"
    )
    pressing.changed_at_utc = NOW - timedelta(days=30)
    opened_of(pressing).due_at_utc = NOW - timedelta(days=2)
    session.commit()
    asked = asked_on(sign_in_as(cast.chair))
    assert asked[:2] == [f"{PAGE_LENGTH + 2} voorstellen in één keer", "Wacht al lang"]
    assert f"Voorstel {PAGE_LENGTH}" not in asked


def test_of_many_tasks_the_first_stand_there_and_one_click_shows_all(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    for number in range(PAGE_LENGTH):
        proposal = make_submitted(
            cast.mayor, cast.midwest, cast.roeselare, now=NOW, title=f"Voorstel {number}"
        )
        opened_of(proposal).due_at_utc = NOW + timedelta(days=9, hours=number)
    session.commit()
    chair = sign_in_as(cast.chair)
    few, last = chair.get("/").text, f"Voorstel {PAGE_LENGTH - 1}"
    assert len(list(parse(few).iter("article"))) == MOST_TASKS
    assert last not in few
    assert "Toon ook de laatste" in few
    every = chair.get("/?alles=1").text
    assert last in every
    assert "Toon ook" not in every


def test_what_came_back_is_opened_to_change_by_who_may(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW)
    along = ask_along(proposal, cast.tielt_mayor, cast.tielt, by=cast.mayor, now=NOW)
    confirm_along(along, by=cast.tielt_mayor, now=NOW)
    cast_vote(opened_of(proposal), Answer.RETURN, motive="Wat kost het?", by=cast.chair, now=NOW)
    session.commit()
    form = f"/voorstellen/{proposal.id}/wijzigen"
    mayor, joins = sign_in_as(cast.mayor), sign_in_as(cast.tielt_mayor)
    assert f'href="{form}"' in mayor.get("/").text
    assert "Wat kost het?" in mayor.get(form).text
    assert "Wat kost het?" in joins.get("/").text
    assert f'href="{form}"' not in joins.get("/").text


def test_own_drafts_stand_below_what_is_asked(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    make_draft(cast.mayor, cast.midwest, cast.roeselare, now=NOW, title="Laadpalen")
    returned = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW, title="Fietspad")
    cast_vote(opened_of(returned), Answer.RETURN, motive="Wat kost het?", by=cast.chair, now=NOW)
    session.commit()
    mayor = sign_in_as(cast.mayor)
    assert asked_on(mayor)[:2] == ["Fietspad", "Laadpalen"]
    assert "Laadpalen" not in asked_on(sign_in_as(cast.tielt_mayor))
    later = NOW + timedelta(minutes=1)
    make_draft(cast.mayor, cast.midwest, cast.roeselare, now=later, title="Deelwagens")
    session.commit()
    assert asked_on(mayor)[:2] == ["Fietspad", "Uw concepten"]
    page = mayor.get("/").text
    assert "“Deelwagens” en “Laadpalen”" in page
    listed = mayor.get("/voorstellen?toon=mijn&stand=draft").text
    assert 'href="/voorstellen?toon=mijn&amp;stand=draft"' in page
    assert "Laadpalen" in listed
    assert "Fietspad" not in listed


def test_who_has_a_role_but_no_table_left_reads_why_nothing_is_there(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    mayor = sign_in_as(cast.mayor)
    session.execute(delete(Seat).where(Seat.organisation_id == cast.roeselare.id))
    session.commit()
    page = mayor.get("/").text
    assert "U hebt nog geen rol" not in page
    assert "Uw rol loopt, maar uw organisatie zetelt nu in geen enkel overleg." in page
    session.execute(delete(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id))
    session.commit()
    assert "U hebt nog geen rol" in mayor.get("/").text


def test_an_old_verslag_to_finish_stands_there_among_many_newer_meetings(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    first = date(2025, 1, 10)
    for number in range(MOST_MEETINGS + 2):
        meeting = meeting_on(cast.midwest, first + timedelta(weeks=number), by=cast.support)
        meeting.state = MeetingState.MINUTES if number == 0 else MeetingState.APPROVED
    session.commit()
    assert "Vergadering 2025/01 van 10 januari 2025" in asked_on(sign_in_as(cast.support))


def test_the_agenda_to_send_stands_there_after_many_that_were_sent(
    sign_in_as: SignInAs, cast: Cast, session: Session
) -> None:
    monday = date(2026, 3, 2)
    for number in range(1, MOST_MEETINGS + 2):
        meeting = meeting_on(cast.midwest, monday + timedelta(days=number), by=cast.support)
        meeting.state = MeetingState.AGENDA_SENT
    meeting.state = MeetingState.PREPARING
    session.commit()
    assert f"Vergadering {meeting.label} van 15 maart 2026" in asked_on(sign_in_as(cast.support))
