"""The one text for all municipalities."""

from datetime import datetime

from sqlalchemy.orm import Session

from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, first_text, note_outcome
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def test_support_staff_write_the_text_of_every_proposal(
    client: ReadingClient, cast: Cast, released: Released, session: Session
) -> None:
    client.sign_in(cast.support)
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    answer = client.send(
        page,
        {"subject": "Energiestrategie 2030", "regulation_html": "- Decreet lokaal bestuur"},
    )
    assert answer.status_code == 302
    session.expire_all()
    assert released.outcome.text
    assert released.outcome.text.subject == "Energiestrategie 2030"
    assert released.outcome.text.regulation_html == "<ul><li>Decreet lokaal bestuur</li></ul>"


def test_a_stale_text_is_shown_beside_the_kept_one(
    sign_in_as: SignInAs, cast: Cast, released: Released
) -> None:
    client = sign_in_as(cast.support)
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    client.send(page, {"subject": "Eerste", "articles_html": "Van de eerste."})
    answer = client.press(
        page, {"subject": "Tweede", "articles_html": "Van de tweede.", "revision": "1"}
    )
    assert answer.status_code == 409
    assert "Van de eerste." in answer.text
    assert "Van de tweede." in answer.text


def test_others_do_not_write_it(sign_in_as: SignInAs, cast: Cast, released: Released) -> None:
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    assert sign_in_as(cast.mayor).get(page).status_code == 403
    assert sign_in_as(cast.stranger).get(page).status_code == 404


def test_an_outcome_without_points_starts_with_one_article(
    held: Held, cast: Cast, now: datetime
) -> None:
    agreed = Agreed(OutcomeKind.POSITION, "Spoed <24 u>", "<p>Wij vragen het samen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    text = first_text(outcome, now=now)
    assert text.articles_html == (
        "<p>Het standpunt “Spoed &lt;24 u&gt;” van Midwestoverleg van 2 maart 2026 "
        "wordt onderschreven.</p>"
    )
