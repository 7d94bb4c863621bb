"""One's own calendar addresses: make, renew, revoke, and what to click where."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.accounts.sending_once import sent_again_leads_to
from overleg.calendars import workflow
from overleg.calendars.feeds.public import public_bodies_seen
from overleg.calendars.feeds.scope import groups_to_follow
from overleg.calendars.forms import DEADLINES, FOLLOW_UP, OTHER_DATES, FeedForm
from overleg.calendars.models import Feed
from overleg.calendars.queries import feed_by_id, feeds_of
from overleg.calendars.views.blueprint import blueprint
from overleg.mail.links import absolute_url
from overleg.organisations.viewer import Viewer
from overleg.organisations.wording import region_called
from overleg.scheduling.answers.queries import who_want_invitations
from overleg.scheduling.queries import bodies_of
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.gone import gone_already


@blueprint.get("/kalender")
@signed_in
def my_feeds() -> str:
    """The addresses that work, and a form for a new one."""
    return _list(_form())


@blueprint.post("/kalender/nieuw")
@signed_in
def new_feed() -> str | tuple[str, int]:
    """Make an address and show it, this once."""
    form = _form()
    if not form.validate_on_submit():
        return _list(form), 422
    also = form.also.data or []
    extras = workflow.Extras(
        deadlines=DEADLINES in also, follow_up=FOLLOW_UP in also, other_dates=OTHER_DATES in also
    )
    return _show(
        *workflow.create_feed(
            viewer(),
            body=form.body,
            organisation=form.organisation,
            extras=extras,
            now=clock.now(),
        )
    )


@blueprint.post("/kalender/<string(length=16):feed_id>/vernieuwen")
@signed_in
def renew_feed(feed_id: str) -> str:
    """Replace an address by another and show that, this once."""
    return _show(*workflow.renew_feed(viewer(), _own_feed(feed_id), now=clock.now()))


@blueprint.post("/kalender/<string(length=16):feed_id>/intrekken")
@signed_in
def revoke_feed(feed_id: str) -> Response:
    """Make an address stop working."""
    here = url_for("calendars.my_feeds")
    feed = feed_by_id(viewer().person_id, feed_id, also_revoked=True)
    if feed.revoked_at_utc is not None:
        return gone_already("Dit kalenderadres was al ingetrokken.", here)
    workflow.revoke_feed(feed, by=feed.person, now=clock.now())
    flash(
        "Het kalenderadres is ingetrokken. Kalenders die het volgen, krijgen niets meer.", "success"
    )
    return redirect(here)


def _own_feed(feed_id: str) -> Feed:
    who: Viewer = viewer()
    return feed_by_id(who.person_id, feed_id)


def _form() -> FeedForm:
    who: Viewer = viewer()
    return FeedForm(bodies_of(who), *groups_to_follow(who))


def _list(form: FeedForm) -> str:
    who: Viewer = viewer()
    public = public_bodies_seen(who)
    return render_template(
        "calendars/my_feeds.html",
        feeds=feeds_of(who.person_id),
        is_invited=bool(who_want_invitations([signed_in_person()])),
        form=form,
        bodies=form.bodies,
        today=clock.today(),
        public=[
            (body.name, absolute_url(url_for("calendars.public_feed", slug=body.slug)))
            for body in public
        ]
        + [
            (region_called(name), absolute_url(url_for("calendars.public_region_feed", slug=slug)))
            for slug, name in sorted({(b.region.slug, b.region.name) for b in public if b.region})
        ],
    )


def _show(feed: Feed, token: str) -> str:
    """The page with the new address. No redirect: the secret would have to travel in a cookie."""
    sent_again_leads_to(url_for("calendars.my_feeds"))
    address = absolute_url(url_for("calendars.feed", token=token))
    return render_template(
        "calendars/show_feed.html",
        feed=feed,
        address=address,
        webcal="webcal://" + address.split("://", 1)[1],
    )
