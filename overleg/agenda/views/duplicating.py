"""The page to begin a new proposal from an earlier one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.around import SAME_DOSSIER, DuplicateForm
from overleg.agenda.permissions import can_duplicate, can_read_annex
from overleg.agenda.queries.choices import proposing_choices
from overleg.agenda.queries.dossiers import is_told, proposals_of
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.duplicating import Copy, duplicate_proposal
from overleg.lib.errors import Forbidden
from overleg.web.access import signed_in
from overleg.web.clock import now


@blueprint.route("/voorstellen/<proposal_id>/overnemen", methods=["GET", "POST"])
@signed_in
def duplicate(proposal_id: str) -> str | tuple[str, int] | Response:
    """Choose where the copy goes and what goes along; then the draft is there to be changed."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id)
    choices = proposing_choices(who, now())
    if not can_duplicate(who, proposal) or not choices.bodies:
        raise Forbidden("U kunt dit lezen, maar doet zelf geen voorstellen voor dit overleg.")
    annexes = [annex for annex in proposal.annexes if can_read_annex(who, annex)]
    form = DuplicateForm()
    in_dossier = proposals_of(who, proposal.dossier_id)
    form.offer(choices, same_dossier=is_told(who, proposal.dossier, in_dossier))
    if request.method == "GET" and not form.body_id.data:
        form.start(
            body_id=proposal.body_id,
            organisation_id=proposal.organisation_id,
            annexes=bool(annexes),
        )
    if request.method == "POST" and form.validate():
        made = duplicate_proposal(
            proposal,
            Copy(
                body=next(each for each in choices.bodies if each.id == form.body_id.data),
                organisation=next(
                    each
                    for each in choices.all_organisations
                    if each.id == form.organisation_id.data
                ),
                same_dossier=form.dossier.data == SAME_DOSSIER,
                annexes=annexes if form.with_annexes.data else (),
            ),
            by=person,
            now=now(),
        )
        flash("Er is een nieuw concept. Pas het aan en dien het in.", "success")
        return redirect(url_for("agenda.edit_proposal", proposal_id=made.id))
    page = render_template(
        "proposals/duplicate.html", proposal=proposal, form=form, annexes=annexes
    )
    return (page, 422) if form.errors else page
