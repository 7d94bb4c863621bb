"""A draft that saves itself while somebody types: what the script of the page is told."""

import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from tests.agenda.proposing import make_draft
from tests.agenda.test_proposals import FILLED_IN, only
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in


def form_of(client: ReadingClient, page: str = "/voorstellen/nieuw") -> dict[str, Any]:
    """What the form on a page holds."""
    html = client.get(page).get_data(as_text=True)
    form = next(f for f in parse(html).iter("form") if f.get("id") == "voorstel")
    values = filled_in(form)
    del values["sent_as"]
    return values


def save(client: ReadingClient, name: str, fields: dict[str, Any]) -> Any:
    """Send the form as the script does."""
    return client.post("/voorstellen/concept", data=fields | {"proposal_id": name})


def test_the_first_time_makes_the_draft_and_the_next_change_it(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    fields = form_of(client) | FILLED_IN | {"title": "Water"}
    name = fields["proposal_id"]
    first = save(client, name, fields)
    assert first.status_code == 200
    told = first.get_json()
    assert told["state"] == "saved"
    assert told["message"] == "Bewaard om 10.00 uur"
    assert told["page"] == f"/voorstellen/{name}/wijzigen"
    again = save(client, name, fields | {"title": "Waterbom", "revision": told["revision"]})
    assert again.get_json()["state"] == "saved"
    draft = only(session)
    assert (draft.id, draft.title, draft.state) == (name, "Waterbom", ProposalState.DRAFT)
    told_of = session.scalars(select(JournalEntry.verb).where(JournalEntry.subject_id == name))
    assert list(told_of) == [Verb.PROPOSAL_DRAFTED]
    page = client.get(told["page"]).get_data(as_text=True)
    assert 'value="Waterbom"' in page


def test_without_a_title_it_waits_and_says_why(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    fields = form_of(client)
    answer = save(client, fields["proposal_id"], fields)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "state": "incomplete",
        "message": "Nog niet bewaard. Geef het voorstel een titel.",
    }
    assert session.scalar(select(func.count()).select_from(Proposal)) == 0


def test_a_conflict_gives_the_other_text_and_keeps_it(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Van de ander")
    session.commit()
    client.sign_in(cast.mayor)
    fields = form_of(client, f"/voorstellen/{draft.id}/wijzigen")
    draft.title = "Van de ander, verbeterd"
    session.commit()
    answer = save(client, draft.id, fields | {"title": "Van mij"})
    told = answer.get_json()
    assert (answer.status_code, told["state"]) == (409, "conflict")
    assert "Van de ander, verbeterd" in told["html"]
    assert told["revision"] == str(draft.revision)
    assert only(session).title == "Van de ander, verbeterd"
    mine = save(client, draft.id, fields | {"title": "Samen", "revision": told["revision"]})
    assert mine.get_json()["state"] == "saved"


def test_the_button_saves_what_was_typed_after_it_saved_itself(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    fields = form_of(client) | FILLED_IN
    told = save(client, fields["proposal_id"], fields).get_json()
    answer = client.send(told["page"], {"title": "Het laatste woord", "actie": "bewaren"})
    assert answer.status_code == 302
    assert only(session).title == "Het laatste woord"


def test_a_form_that_kept_its_first_address_saves_what_was_typed_since(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    fields = form_of(client) | FILLED_IN
    told = save(client, fields["proposal_id"], fields).get_json()
    later = fields | {"title": "Wat later kwam", "revision": told["revision"], "actie": "bewaren"}
    assert client.post("/voorstellen/nieuw", data=later).status_code == 302
    assert only(session).title == "Wat later kwam"


def test_only_a_draft_of_ones_own_saves_itself(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    mayor = sign_in_as(cast.mayor)
    fields = form_of(mayor, f"/voorstellen/{draft.id}/wijzigen")
    for other in (cast.chair, cast.support, cast.stranger):
        visitor = sign_in_as(other)
        theirs = form_of(visitor) | {"title": "Overgenomen"}
        assert save(visitor, draft.id, theirs).status_code == 404
    assert save(mayor, "zomaar-een-naam!", fields).status_code == 404
    submit_proposal(draft, by=cast.mayor, now=now)
    session.commit()
    late = save(mayor, draft.id, fields | {"title": "Te laat"})
    assert (late.status_code, late.get_json()["state"]) == (409, "closed")
    assert "in validatie" in late.get_json()["message"]
    page = sign_in_as(cast.support).get(f"/voorstellen/{draft.id}/wijzigen")
    assert "data-autosave" not in page.get_data(as_text=True)


def test_who_proposes_nothing_cannot_begin_one(sign_in_as: SignInAs, cast: Cast) -> None:
    assert sign_in_as(cast.secretariat).press("/voorstellen/concept").status_code == 404


@pytest.mark.parametrize("path", ["concept", "vragen"])
def test_who_is_signed_out_is_sent_away_and_nothing_is_made(
    client: ReadingClient, cast: Cast, session: Session, path: str
) -> None:
    client.sign_in(cast.mayor)
    fields = form_of(client) | FILLED_IN
    with client.session_transaction() as kept:
        del kept["_user_id"]
    answer = FlaskClient.post(client, f"/voorstellen/{path}", data=fields)
    assert answer.status_code == 303
    assert re.match("/aanmelden", answer.location)
    assert session.scalar(select(func.count()).select_from(Proposal)) == 0
