"""The personal start page, the page of a body, and dossiers across bodies."""

from collections.abc import Collection

from flask import Blueprint, Flask, Response, render_template, request, url_for

from overleg.agenda.permissions import has_where_to_propose, keeps_themes, may_propose
from overleg.agenda.queries.dossiers import all_themes
from overleg.agenda.queries.proposals import proposal_bodies
from overleg.agenda.queries.worklists import validated_proposals
from overleg.audit.queries import history_of
from overleg.decisions.queries.follow_up import open_counts, own_municipalities
from overleg.decisions.queries.outcomes import latest_outcomes
from overleg.lib.errors import NotFound
from overleg.mail.history import sendings_about, with_mails
from overleg.minutes.queries.waiting import waiting_items
from overleg.organisations.permissions import can_manage_body
from overleg.organisations.queries.bodies import body_by_slug, own_bodies, seats_of
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.queries import coming_dates, coming_meetings, past_meetings
from overleg.start.dossiers import list_dossiers as find_dossiers
from overleg.start.dossiers import read_dossier
from overleg.start.open_actions import points_to_follow
from overleg.start.readers import narrow_readers, readers_by_quality, readers_of_thing
from overleg.start.tasks.listing import tasks_of
from overleg.start.things import find_thing, sees
from overleg.web import clock
from overleg.web.access import public, signed_in, viewer

blueprint = Blueprint("start", __name__)
blueprint.add_app_template_global(points_to_follow)
MOST_TASKS = 25
COMING = 6
RECENT = 6


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
@public
def home() -> str | Response:
    """What is asked of me, the most pressing first (all with ``?alles=1``), and what is coming."""
    who = viewer()
    if not who.signed_in:
        return Response(status=303, headers={"Location": url_for("accounts.sign_in")})
    municipalities = own_municipalities(who)
    tasks = tasks_of(who, clock.now())
    shown = tasks if request.args.get("alles") else tasks[:MOST_TASKS]
    return render_template(
        "start/home.html",
        tasks=shown,
        more=len(tasks) - len(shown),
        meetings=_coming(who),
        own_bodies=own_bodies(who),
        own_municipalities=municipalities,
        open_counts=open_counts(who, municipalities, clock.today()),
        may_propose=has_where_to_propose(who),
        today=clock.today(),
    )


def _coming(who: Viewer, body_ids: Collection[str] | None = None) -> list[Meeting | BodyDate]:
    """The first meetings and dates of others that are coming; two statements."""
    now = clock.now()
    found: list[Meeting | BodyDate] = [
        *coming_meetings(who, now, body_ids=body_ids, limit=COMING),
        *coming_dates(who, now, body_ids=body_ids, limit=COMING),
    ]
    return sorted(found, key=lambda each: each.starts_at_utc)[:COMING]


@blueprint.get("/overleg/<slug>")
@signed_in
def show_body(slug: str) -> str:
    """One body: its next meetings, who sits there, how it works."""
    who = viewer()
    body = body_by_slug(who, slug)
    return render_template(
        "start/body.html",
        body=body,
        coming=_coming(who, [body.id]),
        past=past_meetings(who, clock.now(), body_ids=[body.id], limit=RECENT),
        waiting=validated_proposals(who, body),
        outcomes=latest_outcomes(who, body.id, limit=RECENT),
        postponed=waiting_items(who, body),
        seats=seats_of(body.id, clock.today()),
        can_manage=can_manage_body(who, body),
        supports=who.supports(body.id),
        may_propose=may_propose(who) and not body.is_external,
    )


@blueprint.get("/dossiers")
@signed_in
def list_dossiers() -> str:
    """The dossiers with a part one may see; ``?thema=``, ``?overleg=<slug>``, ``?pagina=``."""
    who = viewer()
    theme_id, slug = request.args.get("thema", ""), request.args.get("overleg", "")
    number = max(1, min(request.args.get("pagina", 1, type=int), 10_000))
    return render_template(
        "dossiers/list.html",
        page=find_dossiers(who, theme_id=theme_id, body_slug=slug, page=number),
        themes=all_themes(),
        theme_id=theme_id,
        bodies=proposal_bodies(who),
        body_slug=slug,
        keeps_themes=keeps_themes(who),
    )


@blueprint.get("/dossiers/<dossier_id>")
@signed_in
def show_dossier(dossier_id: str) -> str:
    """A topic through time: what was proposed, where it was treated, what came of it."""
    who = viewer()
    read = read_dossier(who, dossier_id, clock.today())
    return render_template(
        "dossiers/show.html",
        read=read,
        dossier=read.dossier,
        entries=with_mails(
            history_of([read.id]) if read.can_edit else [],
            sendings_about(read.mailed_about, who.bodies_as(Role.SUPPORT)),
        ),
    )


@blueprint.get("/wie-ziet/<kind>/<thing_id>")
@signed_in
def who_sees(kind: str, thing_id: str) -> str:
    """Who can see a thing and why, for those who steer its body; ``?zoek=`` a name or role."""
    who = viewer()
    thing = find_thing(kind, thing_id)
    if not sees(who, thing) or not any(who.steers(body_id) for body_id in thing.body_ids):
        raise NotFound
    readers = readers_of_thing(thing, clock.today())
    text = " ".join(request.args.get("zoek", "").split())[:100]
    found = narrow_readers(readers, text)
    return render_template(
        "start/who_sees.html",
        thing=thing,
        readers=readers,
        text=text,
        found=len(found),
        groups=readers_by_quality(found),
    )
