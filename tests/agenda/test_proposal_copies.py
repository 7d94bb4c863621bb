"""Beginning a new proposal from an earlier one."""

from datetime import datetime
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.annexes import add_annex
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from tests.agenda.proposing import PDF, make_submitted
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def with_annexes(session: Session, cast: Cast, now: datetime) -> Proposal:
    """A submitted proposal with an annex for administrations and one for mayors."""
    proposal = make_submitted(cast.chair, cast.midwest, cast.izegem, now=now, title="Waterbom")
    for name, circle in (("nota.pdf", Circle.ADMINISTRATIONS), ("geheim.pdf", Circle.MAYORS)):
        received = receive(file_store(), name, BytesIO(PDF + name.encode()))
        stored = add_stored_file(received, by=cast.chair, now=now)
        session.flush()
        add_annex(proposal, stored, circle=circle, by=cast.chair, now=now)
    session.commit()
    return proposal


def copy_of(session: Session, earlier: Proposal) -> Proposal:
    """The one other proposal there is."""
    session.expire_all()
    return session.scalars(select(Proposal).where(Proposal.id != earlier.id)).one()


def test_one_takes_over_the_words_in_a_dossier_of_its_own(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    earlier = with_annexes(session, cast, now)
    client.sign_in(cast.chair)
    address = f"/voorstellen/{earlier.id}"
    assert "Overnemen" in client.get(address).get_data(as_text=True)
    answer = client.send(f"{address}/overnemen", {"dossier": "nieuw"})
    made = copy_of(session, earlier)
    assert answer.location == f"/voorstellen/{made.id}/wijzigen"
    assert made.state is ProposalState.DRAFT
    assert (made.title, made.explanation_html) == (earlier.title, earlier.explanation_html)
    assert made.dossier_id != earlier.dossier_id
    assert [a.title for a in made.annexes] == ["nota.pdf", "geheim.pdf"]
    page = client.get(f"/voorstellen/{made.id}").get_data(as_text=True)
    assert "Overgenomen van “Waterbom”." in page


def test_a_sequel_stays_in_the_dossier(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    earlier = with_annexes(session, cast, now)
    client.sign_in(cast.chair)
    client.send(f"/voorstellen/{earlier.id}/overnemen", {"dossier": "zelfde"})
    assert copy_of(session, earlier).dossier_id == earlier.dossier_id


def test_a_sequel_neither_renames_the_dossier_nor_lets_others_read_it(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    earlier = make_submitted(
        cast.chair, cast.midwest, cast.izegem, now=now, title="Ontslag", circle=Circle.MAYORS
    )
    shared = make_submitted(cast.mayor, cast.midwest, cast.izegem, now=now, title="Vacature")
    dossier = shared.dossier = earlier.dossier
    session.commit()
    director, chair = sign_in_as(cast.director), sign_in_as(cast.chair)
    address = f"/dossiers/{dossier.id}"
    assert "Ontslag" not in director.get(address).text
    made = chair.send(f"/voorstellen/{earlier.id}/overnemen", {"dossier": "zelfde"})
    words = {"title": "Ontslag, vervolg", "circle": "public"}
    assert chair.send(made.location, words).status_code == 302
    session.expire_all()
    assert (dossier.title, dossier.circle) == ("Ontslag", Circle.MAYORS)
    assert "Ontslag" not in director.get(address).text


def test_a_copy_does_not_open_a_dossier_that_one_may_not_read(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    shared = make_submitted(cast.mayor, cast.midwest, cast.izegem, now=now, title="Vacature")
    shared.dossier.title, shared.dossier.circle = "Ontslag", Circle.MAYORS
    session.commit()
    director = sign_in_as(cast.director)
    address = f"/voorstellen/{shared.id}/overnemen"
    assert "In welk dossier?" in sign_in_as(cast.chair).get(address).text
    assert "In welk dossier?" not in director.get(address).text
    assert director.press(address, {"dossier": "zelfde"}).status_code == 422
    assert director.send(address, {}).status_code == 302
    assert copy_of(session, shared).dossier_id != shared.dossier_id
    assert "Ontslag" not in director.get(f"/dossiers/{shared.dossier_id}").text


def test_only_annexes_that_one_may_read_go_along_and_only_when_asked(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    earlier = with_annexes(session, cast, now)
    director = sign_in_as(cast.director)
    address = f"/voorstellen/{earlier.id}/overnemen"
    page = director.get(address).get_data(as_text=True)
    assert "nota.pdf" in page
    assert "geheim.pdf" not in page
    assert director.send(address, {"dossier": "nieuw"}).status_code == 302
    made = copy_of(session, earlier)
    assert [a.title for a in made.annexes] == ["nota.pdf"]
    assert made.submitter_id == cast.director.id


def test_who_may_not_read_it_or_does_not_propose_takes_nothing_over(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    earlier = with_annexes(session, cast, now)
    address = f"/voorstellen/{earlier.id}/overnemen"
    for person in (cast.stranger, cast.secretariat, cast.tielt_mayor):
        visitor = sign_in_as(person)
        assert visitor.get(address).status_code == 404
        assert visitor.press(address).status_code == 404
    elsewhere = sign_in_as(cast.chair).send(address, {"organisation_id": cast.aalst.id})
    assert elsewhere.status_code == 422
