"""Municipalities, regions, zones and partners: the list, one of them, a region on a day."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.models import Person
from overleg.audit.queries import history_of
from overleg.lib.errors import NotFound
from overleg.organisations.models import Organisation
from overleg.organisations.permissions import (
    can_add_organisation,
    can_change_members,
    can_change_organisation,
    can_set_sign_off,
    can_start_body,
    supports_group,
)
from overleg.organisations.queries import (
    bodies_of_region,
    count_by_kind,
    find_organisations,
    groups_of,
    members_of,
    memberships_of,
    organisation_by_id,
    organisations_by_group,
    organisations_of_kind,
    predecessors,
    region_by_slug,
    regions_open_to,
    successors,
)
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import OrganisationKind, Role
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import asked_day, me, viewer
from overleg.organisations.workflow import set_sign_off
from overleg.web import clock
from overleg.web.access import signed_in
from overleg.web.navigation import Link

Page = str | Response | tuple[str, int]
PER_PAGE = 50
MOST_PAGES = 10_000


@blueprint.get("/organisaties")
@signed_in
def list_organisations() -> Page:
    """All organisations, folded per kind and province; searched by name or NIS code, a table."""
    text = " ".join(request.args.get("zoek", "").split())[:100]
    kind = _asked_kind()
    page = max(1, min(request.args.get("pagina", 1, type=int), MOST_PAGES))
    start = (page - 1) * PER_PAGE
    found, total = find_organisations(text, kind, offset=start, limit=PER_PAGE) if text else ([], 0)
    return render_template(
        "organisations/list_organisations.html",
        organisations=found,
        total=total,
        groups=[] if text else organisations_by_group(kind),
        text=text,
        kind=kind,
        page=page,
        pages=-(-total // PER_PAGE),
        kinds=_kind_links(kind, text),
        today=clock.today(),
        may_add=can_add_organisation(viewer()),
    )


def _asked_kind() -> OrganisationKind | None:
    asked = request.args.get("soort", "")
    return OrganisationKind(asked) if asked in set(OrganisationKind) else None


def _kind_links(chosen: OrganisationKind | None, text: str) -> list[tuple[Link, int]]:
    counts = count_by_kind()
    here = "organisations.list_organisations"
    kept = text or None
    everything = Link("alle", url_for(here, zoek=kept), current=chosen is None)
    return [
        (everything, sum(counts.values())),
        *(
            (
                Link(
                    kind.label,
                    url_for(here, soort=kind.value, zoek=kept),
                    current=kind is chosen,
                ),
                counts.get(kind, 0),
            )
            for kind in OrganisationKind
        ),
    ]


@blueprint.get("/organisaties/<organisation_id>")
@signed_in
def show_organisation(organisation_id: str) -> Page:
    """One organisation through time."""
    organisation = organisation_by_id(organisation_id)
    may_set_sign_off = can_set_sign_off(viewer(), organisation)
    merged = predecessors(organisation)
    taken_over = [each for each in merged if each.valid_to and organisation.valid_on(each.valid_to)]
    return render_template(
        "organisations/show_organisation.html",
        organisation=organisation,
        groups=groups_of(organisation),
        members=members_of(organisation, clock.today()),
        successors=successors(organisation),
        predecessors=[each for each in merged if each not in taken_over],
        taken_over=taken_over,
        may_change=can_change_organisation(viewer(), organisation),
        may_change_members=can_change_members(viewer(), organisation),
        may_set_sign_off=may_set_sign_off,
        has_director=not may_set_sign_off or bool(_directors(organisation)),
        entries=history_of([organisation.id], limit=20),
        today=clock.today(),
    )


def _directors(organisation: Organisation) -> list[Person]:
    known = people_for_organisations([organisation.id], [Role.DIRECTOR], clock.today())
    return [person for person, _where in known if person.email]


@blueprint.post("/organisaties/<organisation_id>/aftekenen")
@signed_in
def switch_sign_off(organisation_id: str) -> Page:
    """Let the general director sign proposals off before they leave the municipality, or not."""
    organisation = organisation_by_id(organisation_id)
    if not can_set_sign_off(viewer(), organisation):
        raise NotFound
    is_required = request.form.get("naar") == "aan"
    set_sign_off(organisation, is_required=is_required, by=me(), now=clock.now())
    flash(
        "Voorstellen wachten voortaan op de algemeen directeur."
        if is_required
        else "Voorstellen gaan voortaan rechtstreeks naar het overleg.",
        "success",
    )
    return redirect(url_for("organisations.show_organisation", organisation_id=organisation.id))


@blueprint.get("/regios")
@signed_in
def list_regions() -> Page:
    """The reference regions."""
    return render_template(
        "organisations/list_regions.html",
        regions=organisations_of_kind(OrganisationKind.REGION, on=clock.today()),
    )


@blueprint.get("/regios/<slug>")
@signed_in
def show_region(slug: str) -> Page:
    """A region on a day: its municipalities, its mergers, its bodies."""
    region = region_by_slug(slug)
    on = asked_day()
    bodies = bodies_of_region(viewer(), region)
    return render_template(
        "organisations/show_region.html",
        region=region,
        on=on,
        is_today=on == clock.today(),
        members=members_of(region, on),
        ended=[m for m in memberships_of(region) if m.valid_to is not None],
        bodies=bodies,
        has_year=any(body.id in viewer().body_ids for body in bodies),
        may_change_members=can_change_members(viewer(), region),
        may_see_reports=supports_group(viewer(), region),
        may_start=can_start_body(viewer()) and region in regions_open_to(viewer(), clock.today()),
    )
