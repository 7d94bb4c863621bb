"""Answering with the link in a mail: no sign-in, the same steps as on the page, one confirmation.

Opening the link changes nothing, as mail programs open links by themselves. Who answers is who the
link was made for, as long as that person is still one of those who are asked.
"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from overleg.accounts.models import Person
from overleg.agenda.answer_links import ANSWER_LINKS
from overleg.agenda.forms.validation import AnswerForm
from overleg.agenda.models import Proposal, ValidationRound
from overleg.agenda.permissions import can_read_annex
from overleg.agenda.progress import is_late
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.queries.validation import referral_targets
from overleg.agenda.standing import Standing, sent_back_before, shown_votes, standing_of
from overleg.agenda.states import Advice
from overleg.agenda.views.answering import (
    Said,
    check_said,
    given_in,
    read_answer,
    refuse,
    take_answer,
)
from overleg.agenda.views.blueprint import blueprint
from overleg.db import session
from overleg.lib.errors import NotFound, Refused
from overleg.organisations.viewer import Viewer, viewer_for
from overleg.web.access import public
from overleg.web.clock import now, today
from overleg.web.secret_pages import CHANGE, CONFIRM, INCOMPLETE, LinkSpent, secret_page

STALE = "Deze pagina stond te lang open. Kies uw antwoord opnieuw."
GONE = (
    "Uw antwoord is niet meer nodig, of u hebt hier geen rol meer in. "
    "Meld u aan om te zien wat er op u wacht."
)


@dataclass(frozen=True)
class AnswerLink:
    """A link that holds: who answers in which step, and what this person may answer."""

    person: Person
    who: Viewer
    opened: ValidationRound
    standing: Standing

    @property
    def proposal(self) -> Proposal:
        """What is asked about."""
        return self.opened.proposal


@blueprint.get("/antwoord/<token>")
@public
@secret_page
def answer_by_mail(token: str) -> ResponseReturnValue:
    """The proposal with the answers to choose from."""
    return _page(_asked(token), token)


@blueprint.post("/antwoord/<token>")
@public
@secret_page
def confirm_by_mail(token: str) -> ResponseReturnValue:
    """Ask to confirm an answer, and take it once it is confirmed."""
    asked = _asked(token, lock=True)
    form = AnswerForm()
    if not form.validate():
        if "csrf_token" in form.errors:
            form.csrf_token.errors = [STALE]
        return _page(asked, token, form), 422
    if form.step.data == CHANGE:
        return _page(asked, token, form)
    try:
        said = read_answer(form, asked.standing, asked.opened)
        check_said(said, asked.standing)
        if form.step.data != CONFIRM:
            return _confirmation(asked, token, form, said)
        take_answer(asked.opened, said, by=asked.person, by_mail=True)
    except Refused as refused:
        refuse(form, refused)
        return _page(asked, token, form), 422
    flash(f"{said.what.label.capitalize()}: uw antwoord is genoteerd.", "success")
    return redirect(url_for("agenda.answered_by_mail"), code=303)


@blueprint.get("/antwoord/bedankt")
@public
def answered_by_mail() -> ResponseReturnValue:
    """Thanks; names nothing, so that it can stay open anywhere."""
    return render_template("answering/thanks.html")


def _asked(token: str, *, lock: bool = False) -> AnswerLink:
    """What the link asks now; ``lock`` holds the proposal. Raises ``LinkSpent``."""
    named = ANSWER_LINKS.read(token)
    if named is None:
        raise _spent(INCOMPLETE)
    opened = session().get(ValidationRound, named[0])
    person = session().get(Person, named[1])
    if opened is None or person is None or person.disabled_at_utc is not None:
        raise _spent(GONE)
    who = viewer_for(person, today())
    try:
        proposal = get_proposal(who, opened.proposal_id, lock=lock)
    except NotFound:
        raise _spent(GONE) from None
    standing = standing_of(who, proposal, now())
    if standing.opened is opened and standing.is_asked:
        return AnswerLink(person, who, opened, standing)
    knew = who.steers(proposal.body_id) or any(v.person_id == person.id for v in opened.votes)
    if opened.closed_at_utc is None or not knew:
        raise _spent(GONE)
    raise _spent(
        f"De validatie van “{proposal.title}” is afgerond: het voorstel is nu "
        f"{proposal.state.label}. Uw antwoord is niet meer nodig."
    )


def _page(asked: AnswerLink, token: str, form: AnswerForm | None = None) -> str:
    if form is None:
        form = AnswerForm(formdata=None)
    opened, proposal = asked.opened, asked.proposal
    own = next((v for v in opened.votes if v.person_id == asked.person.id), None)
    return render_template(
        "answering/ask.html",
        token=token,
        person=asked.person,
        proposal=proposal,
        opened=opened,
        standing=asked.standing,
        own=own,
        sent_back=sent_back_before(asked.who, proposal),
        votes=shown_votes(asked.who, opened),
        targets=referral_targets(proposal.body),
        annexes=[annex for annex in proposal.annexes if can_read_annex(asked.who, annex)],
        given=given_in(form, asked.standing),
        form=form,
        late=is_late(proposal, today()),
    )


def _confirmation(asked: AnswerLink, token: str, form: AnswerForm, said: Said) -> str:
    return render_template(
        "answering/confirm.html",
        token=token,
        person=asked.person,
        proposal=asked.proposal,
        said=said,
        said_as="advice" if isinstance(said.what, Advice) else "decision",
        form=form,
    )


def _spent(why: str) -> LinkSpent:
    return LinkSpent(why, onward="agenda.list_proposals")
