"""Nobody finds or counts what their pages don't show."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.agenda.workflow.co_submitting import ask_along
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.lib.dates import local_date
from overleg.lib.words import Sought, read_question
from overleg.organisations.states import ValidatedBy
from overleg.organisations.viewer import Viewer, viewer_for
from overleg.scheduling.states import MeetingState
from overleg.search import queries
from overleg.search.models import SearchEntry
from overleg.search.queries import SHOWN, Choice, Entry, find
from overleg.search.showing import address_of
from overleg.search.states import FoundKind, Source
from overleg.search.workflow.rebuilding import rebuild_index
from tests.agenda.preparing import CLOSED_TITLE, PUBLIC_TITLE, SHARED_TITLE
from tests.agenda.proposing import make_draft, make_submitted
from tests.agenda.test_proposals_seen import EVERYBODY
from tests.agenda.validating import add_directors, set_steps
from tests.house.visiting import Visitor
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.search.test_finding import EITHER

WITH_A_PAGE = {Source.PROPOSAL, Source.ANNEX, Source.SENT_ANNEX, Source.OUTCOME}
"""What has an address of its own, that answers 404 to who may not read it."""


def index(session: Session, now: datetime) -> None:
    """Put everything in the index as it is."""
    session.commit()
    for _changed in rebuild_index(file_store(), now=now):
        session.commit()


def finds(viewer: Viewer, words: str) -> list[tuple[Source, str]]:
    """What somebody finds with these words."""
    found = find(viewer, Choice(read_question(words)))
    return [(each.source, each.subject_id) for each in found.entries]


def viewers(cast: Cast, now: datetime) -> dict[str, Viewer]:
    """Everybody of the cast."""
    return {name: viewer_for(getattr(cast, name), local_date(now)) for name in EVERYBODY}


@EITHER
def test_what_is_found_can_be_opened_and_what_is_not_found_cannot(
    kind: str, app: Flask, world: World, session: Session, now: datetime
) -> None:
    words = (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE, "Hoppinpunten", "Sportplan", "Fietspad")
    rows = session.execute(SHOWN.where(SearchEntry.source.in_(sorted(WITH_A_PAGE))))
    entries = [Entry(*row) for row in rows]
    with app.test_request_context():
        addresses = {(each.source, each.subject_id): address_of(each) for each in entries}
    assert {source for source, _subject in addresses} >= {Source.PROPOSAL, Source.ANNEX}
    wrong = []
    for name, viewer in viewers(world.cast, now).items():
        found = {hit for asked in words for hit in finds(viewer, asked)}
        browser = Visitor(app, app.response_class)
        browser.sign_in(getattr(world.cast, name))
        for key, address in addresses.items():
            opened = browser.get(address).status_code == 200
            if opened is not (key in found):
                wrong.append((name, key, opened))
    assert wrong == []


@EITHER
def test_a_draft_is_found_by_who_wrote_it_alone(
    kind: str, cast: Cast, session: Session, now: datetime
) -> None:
    make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Ganzenbestrijding")
    index(session, now)
    found_by = {name for name, who in viewers(cast, now).items() if finds(who, "ganzenbestrijding")}
    assert found_by == {"mayor"}


@EITHER
def test_who_is_asked_along_finds_it_and_who_is_asked_for_advice_too(
    kind: str, cast: Cast, session: Session, now: datetime
) -> None:
    directors = add_directors(session, cast, (cast.director, cast.izegem))
    step = {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 1}
    set_steps(session, cast.rivierenland, step)
    asked = make_submitted(
        cast.committee_mayor, cast.rivierenland, cast.bornem, now=now, title="Overstromingskaart"
    )
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Ganzenplan")
    ask_along(draft, cast.tielt_mayor, cast.tielt, by=cast.mayor, now=now)
    index(session, now)
    who = viewers(cast, now)
    assert finds(who["director"], "overstromingskaart") == [(Source.PROPOSAL, asked.id)]
    assert finds(who["tielt_mayor"], "ganzenplan") == [(Source.PROPOSAL, draft.id)]
    assert finds(who["tielt_mayor"], "overstromingskaart") == []
    assert finds(who["support"], "ganzenplan") == []
    set_steps(session, cast.rivierenland)


@EITHER
def test_what_was_withdrawn_stays_with_its_side_and_the_support(
    kind: str, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = make_submitted(
        cast.mayor, cast.midwest, cast.roeselare, now=now, title="Ganzenbestrijding"
    )
    withdraw_proposal(proposal, reason="Niet nodig.", by=cast.mayor, now=now)
    index(session, now)
    who = viewers(cast, now)
    assert finds(who["mayor"], "ganzen")
    assert finds(who["support"], "ganzen")
    for name in ("tielt_mayor", "director", "councillor", "stranger"):
        assert not finds(who[name], "ganzen"), name


@EITHER
def test_another_region_finds_and_counts_nothing(
    kind: str, world: World, sign_in_as: SignInAs
) -> None:
    for person in (world.cast.stranger, world.cast.committee_1, world.cast.administrator):
        page = sign_in_as(person).get("/zoeken", query_string={"q": SHARED_TITLE}).text
        assert "Niets gevonden." in page
        assert 'class="found"' not in page
        assert "Midwest" not in page.partition("<main")[2]


@EITHER
def test_narrowing_counts_only_what_may_be_read(
    kind: str, world: World, session: Session, sign_in_as: SignInAs, now: datetime
) -> None:
    for title in (PUBLIC_TITLE, CLOSED_TITLE):
        full = find(viewers(world.cast, now)["support"], Choice(read_question(title)))
        public = find(viewers(world.cast, now)["councillor"], Choice(read_question(title)))
        assert full.total > 0
        assert sum(full.kinds.values()) == full.total == sum(full.years.values())
        assert (public.total > 0) is (title == PUBLIC_TITLE)
        assert sum(public.kinds.values()) == public.total
    annexes = Choice(read_question(PUBLIC_TITLE), kind=FoundKind.ANNEX, year=now.year)
    found = find(viewers(world.cast, now)["councillor"], annexes)
    assert {each.kind for each in found.entries} == {FoundKind.ANNEX}
    assert found.total < sum(found.kinds.values())
    elsewhere = Choice(read_question(PUBLIC_TITLE), body_id=world.cast.rivierenland.id)
    assert find(viewers(world.cast, now)["support"], elsewhere).total == 0
    page = sign_in_as(world.cast.support).get(f"/zoeken?q={PUBLIC_TITLE}&soort=bijlage&pagina=9")
    assert "Deze pagina is er niet." in page.text


@EITHER
def test_a_verslag_is_found_by_members_first_and_by_all_once_approved(
    kind: str, world: World, session: Session, now: datetime
) -> None:
    words = "bespreekt plan"

    def readers() -> set[str]:
        return {name for name, who in viewers(world.cast, now).items() if finds(who, words)}

    assert readers() == {"support", "chair", "mayor", "tielt_mayor"}
    world.meeting.state = MeetingState.APPROVED
    index(session, now + timedelta(minutes=5))
    assert readers() >= {"director", "partner", "secretariat", "other_secretariat"}
    assert not readers() & {"councillor", "stranger", "former_mayor", "administrator"}
    world.item.circle = Circle.MAYORS
    session.commit()
    assert readers() == {"support", "chair", "mayor", "tielt_mayor"}


@EITHER
def test_what_is_hidden_takes_no_place_of_what_may_be_read(
    kind: str,
    world: World,
    session: Session,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "MOST_FOUND", 2)
    who = viewers(world.cast, now)["secretariat"]
    assert find(who, Choice(read_question("nota"))).total == 2
    world.item.circle = Circle.MAYORS
    hidden = session.get_one(type(world.annex), world.annex.id)
    hidden.circle = Circle.MAYORS
    session.commit()
    found = find(who, Choice(read_question("nota")))
    assert [each.title for each in found.entries] == [f"Nota bij {PUBLIC_TITLE}"]
    assert find(who, Choice(Sought(()))).total == 0
