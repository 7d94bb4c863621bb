"""Adding an organisation of any kind, and changing one: its codes, its end, its successor."""

from collections.abc import Iterable, Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.lib.errors import NotFound, Refused
from overleg.organisations.forms import COLOURS, OrganisationForm
from overleg.organisations.models import Organisation
from overleg.organisations.permissions import (
    can_add_organisation,
    can_change_organisation,
    kinds_to_add,
)
from overleg.organisations.queries import (
    members_of,
    organisation_by_id,
    organisations_from,
    organisations_of_kind,
    regions_of_bodies,
    scope_of,
)
from overleg.organisations.states import GROUP_KINDS, OrganisationKind, Role
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import as_choices, me, viewer
from overleg.organisations.workflow import (
    Details,
    add_member,
    add_organisation,
    change_organisation,
    ending_with,
)
from overleg.web import clock
from overleg.web.access import requires
from overleg.web.fields import SelectField
from overleg.web.navigation import Link

Page = str | Response | tuple[str, int]
ELSEWHERE = (
    "Wat hiermee eindigt, hoort ook bij anderen: {what}. Vraag een beheerder om de laatste dag "
    "in te vullen."
)


@blueprint.route("/organisaties/nieuw", methods=["GET", "POST"])
@requires(can_add_organisation)
def new_organisation() -> Page:
    """Add an organisation of the kind in ``?soort=``, a partner without it."""
    kind = _asked_kind()
    form = OrganisationForm(valid_from=clock.today())
    offered = _offer(form, kind, None)
    if form.validate_on_submit():
        with form.refusals():
            organisation = _add(form, kind, offered)
            flash(f"{organisation.name} is toegevoegd.", "success")
            return redirect(
                url_for("organisations.show_organisation", organisation_id=organisation.id)
            )
    page = render_template(
        "organisations/edit_organisation.html",
        form=form,
        kind=kind,
        organisation=None,
        kinds=[
            Link(
                each.label,
                url_for("organisations.new_organisation", soort=each.value),
                current=each is kind,
            )
            for each in kinds_to_add(viewer())
        ],
    )
    return page, form.answer_status


@blueprint.route("/organisaties/<organisation_id>/wijzigen", methods=["GET", "POST"])
@requires(can_add_organisation)
def edit_organisation(organisation_id: str) -> Page:
    """Change what is known of an organisation."""
    organisation = organisation_by_id(organisation_id)
    if not can_change_organisation(viewer(), organisation):
        raise NotFound
    form = _form_of(organisation)
    offered = _offer(form, organisation.kind, organisation)
    if form.validate_on_submit():
        with form.refusals():
            details = _details(form, offered, organisation)
            _refuse_elsewhere(organisation, details)
            ended = change_organisation(
                organisation, details, revision=form.revision.data, by=me(), now=clock.now()
            )
            flash(f"De gegevens zijn bewaard. {ended.in_words}".strip(), "success")
            return redirect(
                url_for("organisations.show_organisation", organisation_id=organisation.id)
            )
    page = render_template(
        "organisations/edit_organisation.html",
        form=form,
        kind=organisation.kind,
        organisation=organisation,
        kinds=[],
    )
    return page, form.answer_status


def _asked_kind() -> OrganisationKind:
    asked = request.args.get("soort", OrganisationKind.PARTNER.value)
    kind = next((each for each in kinds_to_add(viewer()) if each.value == asked), None)
    if kind is None:
        raise NotFound
    return kind


def _form_of(organisation: Organisation) -> OrganisationForm:
    return OrganisationForm(
        data={
            "revision": organisation.revision,
            "name": organisation.name,
            "short_name": organisation.short_name,
            "nis_code": organisation.nis_code,
            "ovo_number": organisation.ovo_number,
            "kbo_number": organisation.kbo_number,
            "province": organisation.province_id or "",
            "colour": organisation.colour,
            "valid_from": organisation.valid_from if organisation.start_is_known else None,
            "valid_to": organisation.valid_to,
            "successor": organisation.successor_id or "",
        }
    )


Offered = dict[str, dict[str, Organisation]]


def _offer(
    form: OrganisationForm, kind: OrganisationKind, organisation: Organisation | None
) -> Offered:
    """Leave the fields that this kind has, fill their choices; who is offered, by field and id."""
    is_town = kind is OrganisationKind.MUNICIPALITY
    is_new = organisation is None
    if not is_town:
        del form.nis_code, form.province
    if not (is_town and is_new):
        del form.region
    if kind not in GROUP_KINDS or kind is OrganisationKind.REGION or not is_new:
        del form.member
    if kind is not OrganisationKind.REGION:
        del form.colour
    offered: Offered = {}
    today = clock.today()
    if "province" in form:
        provinces = organisations_of_kind(OrganisationKind.PROVINCE, on=today)
        _choose_from(form.province, provinces, offered, "geen provincie")
    if "region" in form:
        regions = _own_regions()
        none = "kies een regio" if len(regions) != 1 else None
        _choose_from(form.region, regions, offered, none)
    if "member" in form:
        _choose_from(form.member, _own_towns(), offered, "nog geen gemeente")
    following = [each for each in organisations_from(kind, today) if each is not organisation]
    if organisation is not None and organisation.successor not in {None, *following}:
        following += filter(None, [organisation.successor])
    _choose_from(form.successor, following, offered, "niet van toepassing")
    return offered


def _choose_from(
    field: SelectField, choices: Sequence[Organisation], offered: Offered, none: str | None
) -> None:
    field.choices = as_choices(choices, none=none)
    offered[field.short_name] = {each.id: each for each in choices}


def _own_regions() -> Sequence[Organisation]:
    """Where who looks may add a municipality."""
    if viewer().is_administrator:
        return organisations_of_kind(OrganisationKind.REGION, on=clock.today())
    return regions_of_bodies(viewer().bodies_as(Role.SUPPORT))


def _own_towns() -> Sequence[Organisation]:
    """The municipalities that who looks may let belong to a new group, by name."""
    today = clock.today()
    if viewer().is_administrator:
        return organisations_of_kind(OrganisationKind.MUNICIPALITY, on=today)
    found: Iterable[Organisation] = (
        town for region in _own_regions() for town in members_of(region, today)
    )
    return sorted(found, key=lambda town: town.name)


def _chosen(form: OrganisationForm, name: str, offered: Offered) -> Organisation | None:
    return offered[name].get(form[name].data or "") if name in form else None


def _typed(form: OrganisationForm, name: str, otherwise: str = "") -> str:
    return (form[name].data or "") if name in form else otherwise


def _details(
    form: OrganisationForm, offered: Offered, organisation: Organisation | None
) -> Details:
    colour = organisation.colour if organisation is not None else ""
    chosen = _typed(form, "colour")
    return Details(
        name=_typed(form, "name"),
        short_name=_typed(form, "short_name"),
        nis_code=_typed(form, "nis_code"),
        ovo_number=_typed(form, "ovo_number"),
        kbo_number=_typed(form, "kbo_number"),
        province=_chosen(form, "province", offered),
        colour=chosen if chosen in COLOURS else colour,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        successor=_chosen(form, "successor", offered),
    )


def _add(form: OrganisationForm, kind: OrganisationKind, offered: Offered) -> Organisation:
    """Add it, with the region of a municipality or the first municipality of a group."""
    region, member = _chosen(form, "region", offered), _chosen(form, "member", offered)
    is_administrator = viewer().is_administrator
    if "region" in form and region is None:
        raise Refused("Kies bij welke regio de gemeente hoort.")
    if "member" in form and member is None and not is_administrator:
        raise Refused("Kies een eerste gemeente van uw regio: zo kunt u er andere aan toevoegen.")
    added = add_organisation(kind, _details(form, offered, None), by=me(), now=clock.now())
    group, town = (region, added) if region is not None else (added, member)
    if town is not None:
        first = added.valid_from
        add_member(group, town, valid_from=first, source="", by=me(), now=clock.now())
    return added


def _refuse_elsewhere(organisation: Organisation, details: Details) -> None:
    """Support staff end no seats at other tables, and no roles that are not theirs to end."""
    scope = scope_of(viewer())
    if scope.everywhere or (details.valid_to, details.successor) == (
        organisation.valid_to,
        organisation.successor,
    ):
        return
    ending = ending_with(organisation, details)
    seats = any(seat.body_id not in scope.body_ids for seat in ending.seats)
    roles = any(
        not scope.covers(role.role, role.body_id, role.organisation_id) for role in ending.roles
    )
    if seats or roles:
        what = "een zetel aan een andere tafel" if seats else "een rol die u niet kunt beëindigen"
        raise Refused(ELSEWHERE.format(what=what))
