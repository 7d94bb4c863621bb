"""Saying whether one comes: with the link in a mail, or on the page of the meeting.

Opening the link changes nothing, as mail programs open links by themselves. Who answers is who the
link was made for, as long as that person has a seat on the day of the meeting.
"""

from dataclasses import dataclass

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.errors import Refused
from overleg.lib.text import upper_first
from overleg.scheduling.answers.forms import ComingForm
from overleg.scheduling.answers.links import ANSWER_LINKS
from overleg.scheduling.answers.permissions import asks_answers
from overleg.scheduling.answers.queries import answers_to, has_seat, held_answer
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.scheduling.states import AnswerWay, Coming
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import actor
from overleg.web.access import public, signed_in, viewer
from overleg.web.clock import now
from overleg.web.secret_pages import INCOMPLETE, LinkSpent, secret_page

GONE = "U zetelt niet meer in dit overleg. Meld u aan om te zien wat er op u wacht."
THANKS = {
    Coming.COMING: "Genoteerd: u komt.",
    Coming.MAYBE: "Genoteerd: u komt misschien.",
    Coming.NOT_COMING: "Genoteerd: u komt niet.",
}


@dataclass(frozen=True)
class AnswerLink:
    """A link that holds: who is asked about which meeting."""

    meeting: Meeting
    person: Person


@blueprint.get("/deelname/antwoord/<token>")
@public
@secret_page
def say_coming(token: str) -> ResponseReturnValue:
    """The meeting, with the answer that was chosen in the mail to confirm."""
    asked = _asked(token)
    chosen = next((each for each in Coming if each.value == request.args.get("ik")), None)
    own = held_answer(asked.person.id, answers_to(asked.meeting))
    first = chosen or own
    form = ComingForm(MultiDict(), data={"coming": first.value if first else None})
    return _page(asked, token, form)


@blueprint.post("/deelname/antwoord/<token>")
@public
@secret_page
def confirm_coming(token: str) -> ResponseReturnValue:
    """Take the answer."""
    asked = _asked(token)
    form = ComingForm()
    if not form.validate():
        return _page(asked, token, form), 422
    give_answer(asked.meeting, asked.person, form.said, way=AnswerWay.LINK, now=now())
    flash(THANKS[form.said], "success")
    return redirect(url_for("scheduling.said_coming"), code=303)


@blueprint.get("/deelname/antwoord/bedankt")
@public
def said_coming() -> ResponseReturnValue:
    """Thanks; names nothing, so that it can stay open anywhere."""
    return render_template("scheduling/said_coming.html")


@blueprint.post("/vergaderingen/<string(length=16):meeting_id>/deelname")
@signed_in
def answer_meeting(meeting_id: str) -> ResponseReturnValue:
    """Say on the page of the meeting whether one comes."""
    meeting = meeting_by_id(viewer(), meeting_id)
    form = ComingForm()
    if not form.validate():
        raise Refused("Kies een van de drie antwoorden.")
    give_answer(meeting, actor(), form.said, way=AnswerWay.PAGE, now=now())
    flash(THANKS[form.said], "success")
    return redirect(url_for("minutes.attendance", meeting_id=meeting.id), code=303)


def _asked(token: str) -> AnswerLink:
    """What the link asks now. Raises ``LinkSpent`` with why it no longer asks anything."""
    named = ANSWER_LINKS.read(token)
    if named is None:
        raise _spent(INCOMPLETE)
    meeting = session().get(Meeting, named[0])
    person = session().get(Person, named[1])
    if meeting is None or person is None or person.disabled_at_utc is not None:
        raise _spent(GONE)
    if not has_seat(person.id, meeting):
        raise _spent(GONE)
    if not asks_answers(meeting, now()):
        raise _spent(
            f"{upper_first(meeting.the_title)} is voorbij of gaat niet door: "
            "uw antwoord is niet meer nodig."
        )
    return AnswerLink(meeting, person)


def _page(asked: AnswerLink, token: str, form: ComingForm) -> str:
    return render_template(
        "scheduling/say_coming.html",
        token=token,
        meeting=asked.meeting,
        person=asked.person,
        form=form,
    )


def _spent(why: str) -> LinkSpent:
    return LinkSpent(why, onward="scheduling.list_meetings")
