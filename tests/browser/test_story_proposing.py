"""Proposing for a mayor and together with another, with a draft that saves itself."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import ProposalKind, ProposalState
from overleg.agenda.workflow.questions import Asked, keep_questions
from tests.agenda.proposing import make_meeting
from tests.browser.walking import Walk, Walks
from tests.plugins.application import Clock
from tests.plugins.browser import wait_for_scripts
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

TITLE = "Samen bufferen tegen wateroverlast"
COST, NEWS = "Wat kost het?", "Wat is er nieuw?"


def saved(page: Page) -> None:
    """The page says that everything typed is on the server."""
    expect(page.get_by_role("status").filter(has_text="Bewaard om 10.00 uur")).to_be_visible()


@pytest.fixture
def asking(session: Session, cast: Cast, clock: Clock) -> None:
    """Midwest meets, and asks the cost of everything but information."""
    make_meeting(session, cast.midwest)
    by = cast.support
    keep_questions(cast.midwest, None, [Asked(question=COST)], by=by, now=clock())
    news = [Asked(question=NEWS)]
    keep_questions(cast.midwest, ProposalKind.INFORMATION, news, by=by, now=clock())
    session.commit()


@pytest.mark.usefixtures("asking")
def test_a_director_writes_for_the_mayor_and_another_mayor_joins(
    session: Session, cast: Cast, walks: Walks
) -> None:
    director = walks.at_desk(cast.director)
    address = the_director_writes(director, cast)
    draft = session.scalars(select(Proposal)).one()
    assert (draft.title, draft.submitter_id) == (TITLE, cast.chair.id)
    the_mayor_asks_another(walks.on_phone(cast.chair), address)
    the_other_confirms(walks.on_phone(cast.tielt_mayor))
    director.open(address)
    assert director.reads("bevestigd")
    director.confirm("Indienen")
    assert director.reads("in validatie")
    session.expire_all()
    assert draft.state is ProposalState.IN_VALIDATION


def the_director_writes(director: Walk, cast: Cast) -> str:
    """Write a draft that saves itself, also after a while without connection; its address."""
    page = director.page
    director.open("/voorstellen/nieuw")
    page.get_by_label("Namens wie?").select_option(label=cast.chair.name)
    page.get_by_label("Titel").fill(TITLE)
    saved(page)
    expect(page).to_have_url(re.compile("/wijzigen$"))
    page.get_by_label("Rubriek").select_option(label=ProposalKind.INFORMATION.label)
    expect(page.get_by_role("textbox", name=NEWS)).to_be_visible()
    page.get_by_label("Rubriek").select_option(label=ProposalKind.PROJECT.label)
    expect(page.get_by_role("textbox", name=COST)).to_be_visible()
    director.write(COST, "Twintig cent per inwoner.")
    page.context.set_offline(True)
    director.write("Toelichting", "Elke gemeente bufferde tot nu toe alleen.")
    expect(page.get_by_text("Geen verbinding: uw tekst wacht hier.")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    director.open(urlsplit(page.url).path)
    wait_for_scripts(page)
    expect(page.get_by_role("textbox", name=COST)).to_have_text("Twintig cent per inwoner.")
    expect(page.get_by_role("textbox", name="Toelichting")).to_contain_text("Elke gemeente")
    expect(page.get_by_text("Wat u typte, staat er nog.")).to_have_count(0)
    director.follow("Annuleren")
    return page.url


def the_mayor_asks_another(mayor: Walk, address: str) -> None:
    """The draft is among one's own; another mayor is asked along."""
    mayor.open("/voorstellen?toon=mijn")
    mayor.follow(TITLE)
    assert mayor.page.url == address
    assert mayor.reads("Geschreven door")
    mayor.page.get_by_text("Vraag iemand mee").click()
    mayor.page.get_by_label("Wie vraagt u mee?").select_option(label="Burgemeester Tielt")
    mayor.press("Vragen")
    assert mayor.reads("gevraagd")


def the_other_confirms(other: Walk) -> None:
    """From the start page, where it is asked."""
    other.follow(TITLE)
    other.press("Ja, ik dien mee in")
    assert other.reads("bevestigd")
