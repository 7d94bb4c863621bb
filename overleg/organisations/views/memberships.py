"""Who belongs to a region, a zone or an association: adding, ending and correcting."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from overleg.audit.queries import history_of
from overleg.lib.errors import NotFound, Refused
from overleg.organisations.forms import EndForm, MemberForm, MembershipForm
from overleg.organisations.models import Membership, Organisation
from overleg.organisations.permissions import can_change_members, can_manage_people
from overleg.organisations.queries import (
    membership_of,
    memberships_of,
    organisation_by_id,
    organisations_of_kind,
)
from overleg.organisations.states import OrganisationKind
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import as_choices, me, viewer
from overleg.organisations.workflow import (
    add_member,
    correct_membership,
    end_membership,
    withdraw_membership,
)
from overleg.web import clock
from overleg.web.access import requires
from overleg.web.forms import AS_SENT

Page = str | Response | tuple[str, int]


@blueprint.route("/organisaties/<organisation_id>/leden", methods=["GET", "POST"])
@requires(can_manage_people)
def change_members(organisation_id: str) -> Page:
    """The members of a group through time, and adding one."""
    group = _group(organisation_id)
    today = clock.today()
    form = MemberForm(valid_from=today)
    form.member.choices = [
        SelectChoice("", "kies een gemeente"),
        *as_choices(organisations_of_kind(OrganisationKind.MUNICIPALITY, on=today)),
    ]
    if form.validate_on_submit():
        with form.refusals():
            membership = add_member(
                group,
                _chosen(form),
                valid_from=form.valid_from.data,
                source=form.source.data or "",
                by=me(),
                now=clock.now(),
            )
            flash(f"{membership.member.name} hoort bij {group.name}.", "success")
            return redirect(url_for("organisations.change_members", organisation_id=group.id))
    memberships = memberships_of(group)
    page = render_template(
        "organisations/change_members.html",
        group=group,
        form=form,
        running=_by_name(m for m in memberships if m.valid_to is None or m.valid_to >= today),
        ended=[m for m in memberships if m.valid_to is not None and m.valid_to < today],
        entries=history_of([group.id], limit=20),
    )
    return page, form.answer_status


@blueprint.route("/organisaties/<organisation_id>/leden/<membership_id>", methods=["GET", "POST"])
@requires(can_manage_people)
def edit_membership(organisation_id: str, membership_id: str) -> Page:
    """Correct what was noted wrongly about a membership, with the reason."""
    membership = membership_of(_group(organisation_id), membership_id)
    form = _correction_form(membership)
    if form.validate_on_submit():
        with form.refusals():
            _correct(membership, form)
            flash("Het lidmaatschap is verbeterd.", "success")
            return redirect(
                url_for("organisations.change_members", organisation_id=organisation_id)
            )
    return _membership_page(membership, form, _end_form(membership))


@blueprint.post(
    "/organisaties/<organisation_id>/leden/<membership_id>/einde", endpoint="end_membership"
)
@requires(can_manage_people)
def end_membership_page(organisation_id: str, membership_id: str) -> Page:
    """End a membership after a day."""
    membership = membership_of(_group(organisation_id), membership_id)
    form = EndForm()
    if form.validate_on_submit():
        with form.refusals():
            end_membership(membership, on=form.last_day.data, by=me(), now=clock.now())
            flash(f"Het lidmaatschap van {membership.member.name} eindigt.", "success")
            return redirect(
                url_for("organisations.change_members", organisation_id=organisation_id)
            )
    return _membership_page(membership, _correction_form(membership, None), form)


def _group(organisation_id: str) -> Organisation:
    group = organisation_by_id(organisation_id)
    if not can_change_members(viewer(), group):
        raise NotFound
    return group


def _by_name(memberships: Iterable[Membership]) -> list[Membership]:
    return sorted(memberships, key=lambda m: (m.member.name, m.valid_from))


def _chosen(form: MemberForm) -> Organisation:
    if not form.member.data:
        raise Refused("Kies welke gemeente erbij komt.")
    return organisation_by_id(form.member.data)


def _correct(membership: Membership, form: MembershipForm) -> None:
    reason = form.reason.data or ""
    if form.was_never.data:
        withdraw_membership(membership, reason=reason, by=me(), now=clock.now())
        return
    correct_membership(
        membership,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        reason=reason,
        revision=form.revision.data,
        by=me(),
        now=clock.now(),
    )


def _correction_form(membership: Membership, formdata: Any = AS_SENT) -> MembershipForm:
    return MembershipForm(
        formdata,
        data={
            "revision": membership.revision,
            "valid_from": membership.valid_from if membership.start_is_known else None,
            "valid_to": membership.valid_to,
        },
    )


def _end_form(membership: Membership) -> EndForm:
    yesterday = clock.today() - timedelta(days=1)
    return EndForm(last_day=max(yesterday, membership.valid_from))


def _membership_page(membership: Membership, form: MembershipForm, end_form: EndForm) -> Page:
    page = render_template(
        "organisations/edit_membership.html",
        membership=membership,
        group=membership.group,
        form=form,
        end_form=end_form,
    )
    return page, max(form.answer_status, end_form.answer_status)
