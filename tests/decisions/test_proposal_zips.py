"""All proposals of an outcome in one zip; who took which version."""

import io
import re
import zipfile
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.states import BundleState
from overleg.decisions.models import ProposalZip, TextDownload
from overleg.decisions.proposal_zips import ask_zip, forget_old_zips, zip_path
from overleg.decisions.queries.downloads import last_taken
from overleg.decisions.states import FollowUpState
from overleg.decisions.workflow.own_templates import add_own_template, use_own_template
from overleg.decisions.workflow.texts import Sections, issue_text
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.jobs.queue import queue_of
from overleg.word.contexts import PaperKind
from tests.decisions.conftest import Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.word.making import edited, saying
from tests.word.reading import words


def the_zip(session: Session) -> ProposalZip:
    """The one that was asked last."""
    session.expire_all()
    return session.scalars(select(ProposalZip).order_by(ProposalZip.asked_at_utc.desc())).first()  # type: ignore[return-value]


def test_support_staff_take_all_and_a_municipality_its_own(
    app: Flask, sign_in_as: SignInAs, cast: Cast, released: Released, session: Session
) -> None:
    page = f"/uitkomsten/{released.outcome.id}/voorstellen"
    support, secretariat = sign_in_as(cast.support), sign_in_as(cast.secretariat)
    assert "Roeselare" not in secretariat.get(page).text
    assert "Voorstellen van Tielt" in secretariat.get(page).text
    assert secretariat.press(page, {"gemeente": "alle"}).status_code == 403
    assert secretariat.press(page, {"gemeente": cast.roeselare.id}).status_code == 404
    assert sign_in_as(cast.stranger).get(page).status_code == 404
    assert sign_in_as(cast.councillor).get(page).status_code == 404

    assert support.press(page, {"gemeente": "alle"}).status_code == 302
    assert "Wordt gemaakt: 0 van 3" in support.get(page).text
    queue_of(app).run("make_proposal_zips")
    made = the_zip(session)
    assert (made.state, made.done, made.total) == (BundleState.READY, 3, 3)
    address = f"/voorstellen-zip/{made.id}"
    assert secretariat.get(address).status_code == 404
    answer = support.get(address)
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert names == [
        f"collegevoorstel-{town}-regionale-energiestrategie.docx"
        for town in ("izegem", "roeselare", "tielt")
    ]
    assert session.query(TextDownload).count() == 3

    assert secretariat.press(page, {"gemeente": cast.tielt.id}).status_code == 302
    queue_of(app).run("make_proposal_zips")
    own = session.scalars(select(ProposalZip).where(ProposalZip.organisation == cast.tielt)).one()
    assert zipfile.ZipFile(zip_path(own)).namelist() == names[2:]
    assert secretariat.get(f"/voorstellen-zip/{own.id}").status_code == 200


def test_the_trekker_takes_each_that_is_in_the_zip(
    app: Flask, sign_in_as: SignInAs, cast: Cast, pulled: Released, session: Session
) -> None:
    pulled.rows["izegem"].state = FollowUpState.STEPPED_OUT
    session.commit()
    trekker = sign_in_as(cast.partner)
    page = f"/uitkomsten/{pulled.outcome.id}/voorstellen"
    links = re.findall(r'href="(/uitkomsten/[^"]+\.docx)"', trekker.get(page).text)
    assert [trekker.get(link).status_code for link in links] == [200, 200]
    trekker.press(page, {"gemeente": "alle"})
    queue_of(app).run("make_proposal_zips")
    made = trekker.get(f"/voorstellen-zip/{the_zip(session).id}")
    assert len(zipfile.ZipFile(io.BytesIO(made.data)).namelist()) == len(links)
    stepped_out = f"/uitkomsten/{pulled.outcome.id}/collegevoorstel/36008.docx"
    assert trekker.get(stepped_out).status_code == 404
    assert sign_in_as(cast.stranger).get(links[0]).status_code == 404


def test_a_trekker_outside_the_circle_of_a_point_takes_its_own(
    sign_in_as: SignInAs, cast: Cast, pulled: Released, session: Session
) -> None:
    item = pulled.held.open_item
    assert item.proposal
    item.proposal.dossier.owner, item.circle = cast.izegem, Circle.MAYORS
    session.commit()
    trekker = sign_in_as(cast.director)
    page = f"/uitkomsten/{pulled.outcome.id}/voorstellen"
    shown = trekker.get(page).text
    assert "De voorstellen van Izegem (zip)" in shown
    assert "Alle voorstellen" not in shown
    assert trekker.press(page, {"gemeente": "alle"}).status_code == 403
    assert trekker.press(page, {"gemeente": cast.izegem.id}).status_code == 302


def test_an_earlier_download_is_outdated_after_a_correction(
    client: ReadingClient, cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    client.sign_in(cast.secretariat)
    row, outcome = released.rows["tielt"], released.outcome
    client.get(f"/uitkomsten/{outcome.id}/collegevoorstel/37022.docx")
    assert not last_taken([row.id])[row.id].is_outdated
    assert outcome.text
    corrected = Sections(subject="Verbeterd", articles_html="<p>Keurt goed.</p>")
    issue_text(
        outcome.text,
        corrected,
        reason="Er stond een fout in.",
        revision=outcome.text.revision,
        by=cast.support,
        now=now,
    )
    assert last_taken([row.id])[row.id].is_outdated
    for page in (f"/uitkomsten/{outcome.id}/voorstellen", "/gemeenten/37022"):
        assert "verouderd" in client.get(page).text
    client.get(f"/uitkomsten/{outcome.id}/collegevoorstel/37022.docx")
    assert "verouderd" not in client.get("/gemeenten/37022").text


def test_what_says_nothing_new_is_not_made_again(
    released: Released, cast: Cast, app: Flask, session: Session, now: datetime
) -> None:
    first = ask_zip(released.outcome, None, now=now)
    session.commit()
    queue_of(app).run("make_proposal_zips")
    path = zip_path(first)
    assert ask_zip(released.outcome, None, now=now).state is BundleState.READY
    assert released.outcome.text
    released.outcome.text.subject = "Anders"
    session.flush()
    assert ask_zip(released.outcome, None, now=now).state is BundleState.WAITING
    session.commit()
    queue_of(app).run("make_proposal_zips")
    forget_old_zips(now + timedelta(days=60))
    session.commit()
    assert not path.exists()
    assert session.query(ProposalZip).count() == 0


def test_own_templates_are_in_the_zip_and_one_that_fails_is_told(
    released: Released, cast: Cast, app: Flask, session: Session, now: datetime
) -> None:
    own = edited(lambda document: document.paragraphs[0].insert_paragraph_before("Eigen papier"))
    failing = saying("{% for a in articles %}{{ a.weg }}{% endfor %}")
    for town, content in ((cast.tielt, own), (cast.izegem, failing)):
        received = receive(file_store(), "eigen.docx", io.BytesIO(content))
        file = add_stored_file(received, by=None, now=now)
        kind = PaperKind.COLLEGE_PROPOSAL
        template = add_own_template(town, kind, file, by=cast.support, now=now)
        use_own_template(template, by=cast.support, now=now)
    asked = ask_zip(released.outcome, None, now=now)
    session.commit()
    queue_of(app).run("make_proposal_zips")
    package = zipfile.ZipFile(zip_path(asked))
    starts = {
        name: words(package.read(name)).splitlines()[0]
        for name in package.namelist()
        if name.endswith(".docx")
    }
    assert list(starts.values()) == ["Collegevoorstel", "Collegevoorstel", "Eigen papier"]
    told = package.read("LEES MIJ.txt").decode()
    assert told.startswith("Izegem, college: het eigen sjabloon kon dit voorstel niet invullen")
    assert "een veld dat niet bestaat (weg)" in told
