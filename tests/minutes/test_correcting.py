"""What was approved and is put right: another version, with a reason, for who reads its point."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.lib.errors import Refused
from overleg.mail.models import OutboxMessage
from overleg.minutes.queries.minutes import latest_note
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.versions import correct
from tests.minutes.held import SECRET_POINT, SHARED_POINT, Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of
from tests.word.reading import words

DAY = timedelta(days=1)


def test_a_correction_is_a_version_with_a_reason_and_the_approved_text_stays(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    shared, secret = held.point(SHARED_POINT), held.point(SECRET_POINT)
    for point in (shared, secret):
        save_notes(
            point,
            f"<p>Bedrag {point.title}: 100.</p>",
            started_from=0,
            by=held.by,
            now=held.begun_at,
        )
    held.approve()
    client = sign_in_as(cast.support)
    page = f"{held.path}/verslag/rechtzetten?punt={shared.id}"
    fields = {"text_html": "Bedrag: 200.", "reason": ""}
    assert client.send(page, fields).status_code == 422
    made = client.send(page, {**fields, "reason": "Tikfout in het bedrag"})
    assert made.location.endswith("/verslag/goedgekeurd/2")
    assert "één keer rechtgezet: Tikfout in het bedrag" in client.get(f"{held.path}/verslag").text
    director = sign_in_as(cast.director)
    after = text_of(parse(director.get(made.location).get_data(as_text=True)))
    assert "Tikfout in het bedrag" in after
    assert "[geschrapt: " in after
    before = text_of(
        parse(director.get(f"{held.path}/verslag/goedgekeurd/1").get_data(as_text=True))
    )
    assert f"Bedrag {SHARED_POINT}: 100." in before
    for text in (before, after):
        assert SECRET_POINT not in text
        assert f"2. {SHARED_POINT}" in text
    note = latest_note(shared)
    assert note is not None
    with pytest.raises(Refused, match="niets gewijzigd"):
        correct(
            shared,
            note.text_html,
            started_from=note.edition,
            reason="Zomaar",
            by=cast.support,
            now=held.begun_at,
        )


def test_a_correction_is_told_to_who_reads_its_point_only(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open().approve()
    support, director = sign_in_as(cast.support), sign_in_as(cast.director)
    for title, why in ((SHARED_POINT, "Tikfout"), (SECRET_POINT, "De naam klopte niet")):
        page = f"{held.path}/verslag/rechtzetten?punt={held.point(title).id}"
        assert support.send(page, {"text_html": "Anders.", "reason": why}).status_code == 302
    shared, secret = (f"{held.path}/verslag/goedgekeurd/{number}" for number in (2, 3))
    pages = (f"{held.path}/verslag", f"{held.path}/historiek", shared)
    for page in pages:
        assert "De naam klopte niet" in support.get(page).text, page
        assert "De naam klopte niet" not in director.get(page).text, page
        assert "Tikfout" in director.get(page).text, page
    assert "Het is daarna één keer rechtgezet" in director.get(pages[0]).text
    assert director.get(secret).status_code == 404
    assert support.get(secret).status_code == 200


def test_a_correction_that_came_too_late_shows_both_texts(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    shared = held.point(SHARED_POINT)
    save_notes(shared, "<p>Bedrag: 100.</p>", started_from=0, by=held.by, now=held.begun_at)
    held.approve()
    support = sign_in_as(cast.support)
    page = f"{held.path}/verslag/rechtzetten?punt={shared.id}"
    first = {"text_html": "Bedrag: 200.", "reason": "Tikfout"}
    assert support.send(page, first).status_code == 302
    stale = support.press(page, {"text_html": "Bedrag: 300.", "reason": "Fout", "started_from": 1})
    assert stale.status_code == 409
    kept = f"Nu bewaard: tekst van {cast.support.name} Bedrag: 200."
    assert kept in text_of(parse(stale.text))
    assert "Bedrag: 300." in stale.text


def test_what_changes_after_approval_reaches_the_verslag_by_a_correction_that_tells_why(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    points = [held.point(title) for title in (SECRET_POINT, SHARED_POINT)]
    secret, shared = [
        note_outcome(
            point,
            Agreed(OutcomeKind.AGREEMENT, f"Over {point.title}", "<p>Tegen maart.</p>"),
            by=cast.support,
            now=held.begun_at,
        )
        for point in points
    ]
    held.approve()
    for outcome in (secret, shared):
        later = Agreed(outcome.kind, outcome.title, "<p>Tegen mei.</p>")
        seen = outcome.revision
        change_outcome(outcome, later, revision=seen, by=cast.support, now=held.begun_at)
    session.commit()
    support, director = sign_in_as(cast.support), sign_in_as(cast.director)
    page, word = f"{held.path}/verslag", f"{held.path}/verslag.docx"
    for reader in (support, director):
        assert "gewijzigd na goedkeuring" in reader.get(page).text
        for said in (reader.get(page).text, words(reader.get(word).data)):
            assert "Tegen maart." in said
            assert "Tegen mei." not in said
    correcting = f"{held.path}/verslag/rechtzetten?punt={shared.item_id}"
    assert "Komt mee in het verslag" in support.get(correcting).text
    assert support.send(correcting, {"reason": "De datum klopte niet"}).status_code == 302
    version = director.get(f"{held.path}/verslag/goedgekeurd/2").text
    assert "[toegevoegd: mei.]" in text_of(parse(version))
    assert "gewijzigd na goedkeuring" not in director.get(page).text
    # The other point stays as it was approved.
    assert "gewijzigd na goedkeuring" in support.get(page).text
    told = [m for m in session.scalars(select(OutboxMessage)) if m.subject.startswith("Rechtgezet")]
    assert {mail.to_email for mail in told} == {
        person.email for person in (cast.mayor, cast.tielt_mayor, cast.chair)
    }
    assert "De datum klopte niet" in told[0].text
    assert "Wat wijzigde: wat eruit voortkwam." in told[0].text
    assert "Tegen mei." not in told[0].text
