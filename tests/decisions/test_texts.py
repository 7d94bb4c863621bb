"""The one text for all municipalities, and its versions."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import ProposalAnswer
from overleg.agenda.states import ItemKind
from overleg.agenda.workflow.questions import explanation_with_answers
from overleg.decisions.articles import articles_for
from overleg.decisions.models import TextDownload
from overleg.decisions.states import AskedOfOrgan, Organ, OutcomeKind
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.decisions.workflow.texts import first_text
from overleg.mail.models import OutboxMessage
from overleg.organisations.states import Article
from tests.agenda.proposing import make_draft
from tests.decisions.agreeing import agree, agree_and_prepare
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

ASKED = "<p>Een akkoord over het tracé.</p>"


def test_support_staff_write_the_text_before_it_is_released(
    client: ReadingClient, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    client.sign_in(cast.support)
    page = f"/uitkomsten/{outcome.id}/tekst/wijzigen"
    first = {"subject": "Energiestrategie 2030", "regulation_html": "- Decreet lokaal bestuur"}
    assert client.send(page, first).status_code == 302
    session.expire_all()
    assert outcome.text
    assert outcome.text.regulation_html == "<ul><li>Decreet lokaal bestuur</li></ul>"
    assert outcome.text.version_number == 1
    stale = client.press(page, {"subject": "Mijn eigen", "articles_html": "Ja", "revision": "1"})
    assert stale.status_code == 409
    assert "Energiestrategie 2030" in stale.text
    assert "Mijn eigen" in stale.text


def test_the_text_that_is_ready_leads_on_to_releasing_it(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree(held.open_item, by=cast.support, now=now)
    session.commit()
    support = sign_in_as(cast.support)
    ready = support.press(f"/uitkomsten/{outcome.id}/klaar", {})
    to_release = f'class="button button-primary" href="/uitkomsten/{outcome.id}/vrijgeven"'
    page = support.get(ready.location).text
    assert to_release in page
    assert "Kijk ze na" in page
    assert "in uw eigen systeem" not in page
    assert to_release not in sign_in_as(cast.chair).get(ready.location).text


def test_the_released_text_is_there_to_be_taken_over(
    sign_in_as: SignInAs, cast: Cast, released: Released
) -> None:
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    for reader in (cast.support, cast.secretariat):
        shown = sign_in_as(reader).get(page).text
        assert "in uw eigen systeem" in shown
        assert "/vrijgeven" not in shown
        assert "Financiële gevolgen van" not in shown


def test_what_was_asked_of_the_table_is_not_in_what_a_municipality_decides(
    held: Held, cast: Cast, now: datetime
) -> None:
    agreed = Agreed(OutcomeKind.AGREEMENT, "Fietssnelweg", "<p>Samen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    held.open_item.proposal, held.open_item.kind = proposal, ItemKind.PROPOSAL
    proposal.explanation_html = "<p>Fietsers steken er onveilig over.</p>"
    proposal.answers = [
        ProposalAnswer(position=1, question="Wat vragen we aan het overleg?", answer_html=ASKED),
        ProposalAnswer(position=2, question="Wat kost het?", answer_html="<p>Een euro.</p>"),
    ]
    held.open_item.explanation_html = explanation_with_answers(proposal)
    assert ASKED in held.open_item.explanation_html
    assert first_text(outcome).background_html == (
        "<p>Fietsers steken er onveilig over.</p>"
        "<p><strong>Wat kost het?</strong></p><p>Een euro.</p>"
    )


def test_a_text_begun_before_the_name_had_an_article_is_still_the_first(
    held: Held, cast: Cast, now: datetime
) -> None:
    cast.midwest.article = Article.NONE
    agreed = Agreed(OutcomeKind.AGREEMENT, "Fietssnelweg", "<p>Samen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    make_ready(outcome, by=cast.support, now=now)
    cast.midwest.article = Article.HET
    asked = Request(
        [cast.tielt], [Organ.COUNCIL], due_on=None, asked={Organ.COUNCIL: AskedOfOrgan.NOTICE}
    )
    release_outcome(outcome, asked, by=cast.support, now=now)
    assert outcome.text
    assert "afspraak “Fietssnelweg” van Midwestoverleg" in outcome.text.articles_html
    (article,) = articles_for(outcome.text, Organ.COUNCIL, AskedOfOrgan.NOTICE)
    assert article.startswith(
        "<p>De gemeenteraad neemt kennis van de afspraak “Fietssnelweg” van het"
    )


def test_a_corrected_text_is_a_version_and_told_to_who_had_the_first(
    client: ReadingClient, cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    session.add(
        TextDownload(
            follow_up=released.rows["tielt"],
            version_number=1,
            person=cast.secretariat,
            downloaded_at_utc=now,
        )
    )
    session.commit()
    client.sign_in(cast.support)
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    without_reason = client.send(f"{page}/wijzigen", {"subject": "Regionale energievisie"})
    assert without_reason.status_code == 422
    assert "Zeg wat er verbeterd is" in without_reason.text
    given = {"subject": "Regionale energievisie", "reason": "De titel was fout."}
    assert client.send(f"{page}/wijzigen", given).status_code == 302
    second = client.get(f"{page}/2").text
    assert "De titel was fout." in second
    assert "[geschrapt: </span>energiestrategie" in second
    assert "[toegevoegd: </span>energievisie" in second
    assert "Regionale energiestrategie" in client.get(f"{page}/1").text
    assert client.get(f"{page}/3").status_code == 404
    told = session.scalars(
        select(OutboxMessage.to_email).where(OutboxMessage.subject.startswith("Verbeterde tekst"))
    ).all()
    assert told == [cast.secretariat.email]


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("support", 200, 200),
        ("director", 200, 403),
        ("mayor", 200, 403),
        ("secretariat", 200, 403),
        ("councillor", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_reads_and_who_writes_the_text(
    sign_in_as: SignInAs, cast: Cast, released: Released, who: str, reads: int, writes: int
) -> None:
    page = f"/uitkomsten/{released.outcome.id}/tekst"
    client = sign_in_as(getattr(cast, who))
    assert client.get(page).status_code == reads
    assert client.get(f"{page}/1").status_code == reads
    assert client.get(f"{page}/wijzigen").status_code == writes


def test_an_outcome_without_points_starts_with_one_article(
    held: Held, cast: Cast, now: datetime
) -> None:
    agreed = Agreed(OutcomeKind.POSITION, "Spoed <24 u>", "<p>Wij vragen het samen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    text = first_text(outcome)
    assert text.articles_html == (
        "<p>Het standpunt “Spoed &lt;24 u&gt;” van het Midwestoverleg van 2 maart 2026 "
        "wordt onderschreven.</p>"
    )
