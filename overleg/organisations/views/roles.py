"""The roles in a body: support staff, chair, agendacommissie; and ending any role."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.audit.queries import history_around
from overleg.lib.errors import Refused
from overleg.organisations.forms import EndForm, RoleForm
from overleg.organisations.models import Body, RoleAssignment
from overleg.organisations.permissions import can_manage_people
from overleg.organisations.queries import (
    body_to_manage,
    role_to_manage,
    roles_of_body,
    scope_of,
    validation_warnings,
)
from overleg.organisations.states import Role
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import chosen_person, me, offer_people, viewer
from overleg.organisations.workflow import end_role, grant_role
from overleg.web import clock
from overleg.web.access import requires

Page = str | Response | tuple[str, int]
IN_A_BODY = (Role.CHAIR, Role.COMMITTEE, Role.SUPPORT)


@blueprint.route("/overleg/<slug>/rollen", methods=["GET", "POST"])
@requires(can_manage_people)
def body_roles(slug: str) -> Page:
    """Who leads, validates and supports a body; and giving somebody such a role."""
    body = body_to_manage(viewer(), slug)
    today = clock.today()
    form = RoleForm(role=Role.CHAIR.value, valid_from=today)
    known = offer_people(form, body, today, none="kies iemand")
    if form.validate_on_submit():
        with form.refusals():
            gets = f"de rol {Role(form.role.data).label} ({body.name})"
            person = chosen_person(form, known, gets=gets, by=me(), now=clock.now())
            if person is None:
                raise Refused("Kies wie de rol krijgt, of vul naam en e-mailadres in.")
            role = grant_role(
                person,
                Role(form.role.data),
                body=body,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                by=me(),
                now=clock.now(),
            )
            flash(f"{person.name} is {role.role.label}.", "success")
            return redirect(url_for("organisations.body_roles", slug=slug))
    return _page(body, form), form.answer_status


def _page(body: Body, form: RoleForm) -> str:
    today = clock.today()
    roles = roles_of_body(body)
    running = [role for role in roles if role.valid_to is None or role.valid_to >= today]
    return render_template(
        "organisations/body_roles.html",
        body=body,
        form=form,
        tab="roles",
        groups=[(role, [r for r in running if r.role is role]) for role in IN_A_BODY],
        ended=[role for role in roles if role not in running],
        warnings=validation_warnings(body, today),
        entries=history_around(body.id, only=RoleAssignment, limit=40),
    )


@blueprint.route("/beheer/rollen/<role_id>/einde", methods=["GET", "POST"], endpoint="end_role")
@requires(can_manage_people)
def end_role_page(role_id: str) -> Page:
    """End a role after a day, its last."""
    role = role_to_manage(scope_of(viewer()), role_id)
    form = EndForm(last_day=clock.today())
    back = _back(role)
    if form.validate_on_submit():
        ended = role.ended_label
        with form.refusals():
            end_role(role, on=form.last_day.data, by=me(), now=clock.now())
            flash(f"Beëindigd: de rol {ended}.", "success")
            return redirect(back)
    page = render_template("organisations/end_role.html", role=role, form=form, back=back)
    return page, form.answer_status


def _back(role: RoleAssignment) -> str:
    if role.body is not None and request.args.get("van") == "overleg":
        return url_for("organisations.body_roles", slug=role.body.slug)
    return url_for("organisations.show_person", person_id=role.person_id)
