"""The personal start page, and the page of a body."""

from flask import Blueprint, Flask, Response, render_template, url_for

from overleg.agenda.permissions import may_propose
from overleg.agenda.queries.proposals import Worklist, list_proposals
from overleg.agenda.states import ProposalState
from overleg.organisations.permissions import can_manage_body
from overleg.organisations.queries.bodies import bodies, body_by_slug, seats_of
from overleg.scheduling.queries import coming_meetings, past_meetings
from overleg.start.tasks import tasks_of
from overleg.web import clock
from overleg.web.access import public, signed_in, viewer

blueprint = Blueprint("start", __name__)
COMING = 6
RECENT = 6


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
@public
def home() -> str | Response:
    """What is asked of me, and below it what is coming."""
    who = viewer()
    if not who.signed_in:
        return Response(status=303, headers={"Location": url_for("accounts.sign_in")})
    return render_template(
        "start/home.html",
        tasks=tasks_of(who, clock.now()),
        meetings=coming_meetings(who, clock.now(), limit=COMING),
        own_bodies=[body for body in bodies(who) if not body.is_external],
        may_propose=may_propose(who),
        today=clock.today(),
    )


@blueprint.get("/overleg/<slug>")
@signed_in
def show_body(slug: str) -> str:
    """One body: its next meetings, who sits there, how it works."""
    who = viewer()
    body = body_by_slug(who, slug)
    return render_template(
        "start/body.html",
        body=body,
        body_name=body.name,
        coming=coming_meetings(who, clock.now(), body_ids=[body.id], limit=COMING),
        past=past_meetings(who, clock.now(), body_ids=[body.id], limit=RECENT),
        waiting=list_proposals(
            who, Worklist.ALL, body_slug=body.slug, state=ProposalState.VALIDATED
        ).proposals,
        seats=seats_of(body.id, clock.today()),
        can_manage=can_manage_body(who, body),
        supports=who.supports(body.id),
        may_propose=may_propose(who) and not body.is_external,
    )
