"""Cijfers: pictures of a year of agendas, of what the reader may read."""

from sqlalchemy.orm import Session

from overleg.agenda.pictures import OWN, OWN_LOOK, mix_of_functions, mix_of_kinds, where_from
from overleg.agenda.queries.figures import Held, Treated
from overleg.agenda.states import ProposalKind
from overleg.agenda.workflow.items import remove_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.treatment import withdraw_item
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import NOW, Table, add_points
from tests.agenda.proposing import make_meeting
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

PAGE = "/overleg/midwestoverleg/cijfers"


def text(client: ReadingClient, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_year_shows_kinds_functions_sources_and_time(
    cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    page = text(sign_in_as(cast.mayor))
    assert "1 vergadering en 3 punten in 2026" in page
    assert page.count('<svg class="picture"') == 4
    assert "<td>60</td><td>120</td>" in page
    assert "Roeselare" in page


def test_who_reads_less_counts_less(cast: Cast, sign_in_as: SignInAs, sent: Table) -> None:
    page = text(sign_in_as(cast.director))
    assert "2 punten in 2026" in page
    assert "Tijd gevraagd en tijd beschikbaar" in text(sign_in_as(cast.mayor))
    assert "Tijd gevraagd en tijd beschikbaar" not in page


def test_what_was_not_sent_or_was_cancelled_does_not_count(
    session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    draft = make_meeting(session, cast.midwest, days=60, number=3)
    add_points(draft, 2, cast.support)
    off = make_meeting(session, cast.midwest, days=90, number=4)
    add_points(off, 2, cast.support)
    send_agenda(off, message="", by=cast.support, now=NOW)
    cancel_meeting(off, reason="Verkiezingen.", by=cast.support, now=NOW)
    session.commit()
    assert "1 vergadering en 3 punten in 2026" in text(sign_in_as(cast.mayor))


def test_what_was_withdrawn_at_the_table_counts_and_what_was_taken_off_does_not(
    session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    remove_item(sent.closed, by=cast.support, now=NOW)
    withdraw_item(sent.shared, by=cast.support, now=NOW)
    session.commit()
    assert "1 vergadering en 2 punten in 2026" in text(sign_in_as(cast.mayor))


def test_a_year_of_own_points_only_has_no_proposals_and_never_had(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    meeting = make_meeting(session, cast.midwest)
    add_points(meeting, 2, cast.support)
    send_agenda(meeting, message="", by=cast.support, now=NOW)
    session.commit()
    page = text(sign_in_as(cast.mayor))
    assert "Op de agenda’s van 2026 stonden geen voorstellen." in page
    assert page.count("eigen punt van de ondersteuning</title>") == 2


def test_own_points_have_the_same_colour_in_both_mixes() -> None:
    held = Held("m", NOW, 60)
    points = [Treated("m", 5, None, None, "")]
    for picture in (mix_of_kinds([held], points), mix_of_functions([held], points)):
        (own,) = [part for bar in picture.bars for part in bar.parts if part.value]
        assert (own.look, picture.names[own.look]) == (OWN_LOOK, OWN)


def test_a_body_without_agendas_says_so(cast: Cast, sign_in_as: SignInAs) -> None:
    mayor = sign_in_as(cast.mayor)
    assert "Nog geen cijfers" in text(mayor)
    assert sign_in_as(cast.stranger).get(PAGE).status_code == 404


def test_another_year_without_agendas_is_not_there(
    cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    assert sign_in_as(cast.mayor).get(f"{PAGE}?jaar=1999").status_code == 404


def test_organisations_beyond_the_twelfth_are_taken_together() -> None:
    points = [
        Treated("m", 5, ProposalKind.PROJECT, None, f"Gemeente {number:02}")
        for number in range(20)
        for _ in range(21 - number)
    ]
    bars = where_from(points).bars
    assert len(bars) == 12
    assert (bars[0].label, bars[0].total) == ("Gemeente 00", 21)
    assert bars[-1].label == "andere organisaties"
    assert sum(bar.total for bar in bars) == len(points)


def test_a_picture_of_nothing_is_empty() -> None:
    assert mix_of_kinds([], []).is_empty
