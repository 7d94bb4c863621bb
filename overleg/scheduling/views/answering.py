"""Saying whether one comes: with the link in a mail, or on the page of the meeting.

Opening the link changes nothing, as mail programs open links by themselves. Who answers is who the
link was made for, as long as that person has a seat on the day of the meeting.
"""

from dataclasses import dataclass

from flask import (
    Flask,
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
from overleg.scheduling.answers.forms import ComingForm
from overleg.scheduling.answers.links import read_answer_token
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
from overleg.web.secret_pages import keep_private

GONE = "Deze link werkt niet (meer). Meld u aan om te zien wat er op u wacht."
THANKS = {
    Coming.COMING: "Genoteerd: u komt.",
    Coming.MAYBE: "Genoteerd: u komt misschien.",
    Coming.NOT_COMING: "Genoteerd: u komt niet.",
}


@dataclass(frozen=True)
class Asked:
    """A link that holds: who is asked about which meeting."""

    meeting: Meeting
    person: Person


@blueprint.get("/deelname/antwoord/<token>")
@public
def say_coming(token: str) -> ResponseReturnValue:
    """The meeting, with the answer that was chosen in the mail to confirm."""
    keep_private()
    asked = _asked(token)
    if isinstance(asked, str):
        return _spent(asked)
    chosen = next((each for each in Coming if each.value == request.args.get("ik")), None)
    own = held_answer(asked.person.id, answers_to(asked.meeting))
    first = chosen or own
    form = ComingForm(MultiDict(), data={"coming": first.value if first else None})
    return _page(asked, token, form)


@blueprint.post("/deelname/antwoord/<token>")
@public
def confirm_coming(token: str) -> ResponseReturnValue:
    """Take the answer."""
    keep_private()
    asked = _asked(token)
    if isinstance(asked, str):
        return _spent(asked)
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


def _asked(token: str) -> Asked | str:
    """What the link asks now, or why it no longer asks anything."""
    named = read_answer_token(token)
    if named is None:
        return GONE
    meeting = session().get(Meeting, named[0])
    person = session().get(Person, named[1])
    if meeting is None or person is None or person.disabled_at_utc is not None:
        return GONE
    if not has_seat(person.id, meeting):
        return GONE
    if not asks_answers(meeting, now()):
        return f"{meeting.title} is voorbij of gaat niet door: uw antwoord is niet meer nodig."
    return Asked(meeting, person)


def _page(asked: Asked, token: str, form: ComingForm) -> str:
    return render_template(
        "scheduling/say_coming.html",
        token=token,
        meeting=asked.meeting,
        person=asked.person,
        form=form,
    )


def _spent(why: str) -> tuple[str, int]:
    return render_template("answering/spent.html", why=why), 410


def register(app: Flask) -> None:
    """Let the form be sent from a page that tells no referrer.

    The check of every form compares the referrer; here the form checks its own token instead, and
    the address itself is a secret that no other page knows.
    """
    app.extensions["csrf"].exempt(confirm_coming)
