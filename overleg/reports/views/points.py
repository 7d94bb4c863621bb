"""A point of the college for the consultation."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.accounts.models import Person
from overleg.agenda.permissions import can_edit_proposal
from overleg.lib.errors import Forbidden, NotPossible
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import Role
from overleg.reports import permissions
from overleg.reports.forms import PointForm
from overleg.reports.models import RegionReport
from overleg.reports.queries.reports import report_by_id, tables_of
from overleg.reports.views.blueprint import blueprint
from overleg.reports.workflow.raising import CollegePoint, raise_point
from overleg.web import clock
from overleg.web.access import signed_in, viewer


@blueprint.route("/regiorapporten/<report_id>/punt", methods=["GET", "POST"])
@signed_in
def raise_for_body(report_id: str) -> str | tuple[str, int] | Response:
    """Raise a point: it becomes a proposal with the municipality as its submitter."""
    who = viewer()
    report = report_by_id(who, report_id)
    if not permissions.can_raise_point(who, report):
        raise Forbidden("Een punt aanbrengen doet de gemeente zelf, tot het rapport geplaatst is.")
    bodies, speakers = tables_of(report.organisation, clock.today()), _speakers(report)
    if not bodies:
        raise NotPossible(f"{report.organisation.name} zetelt nu in geen enkel overleg.")
    if not speakers:
        raise NotPossible(
            "Er is nog geen burgemeester of algemeen directeur met een account om het voorstel in "
            "te dienen. Vraag een ondersteuner om die uit te nodigen."
        )
    form = PointForm()
    form.offer(bodies, speakers)
    if form.validate_on_submit():
        with form.refusals():
            proposal = raise_point(
                report,
                CollegePoint(
                    body=next(body for body in bodies if body.id == form.body_id.data),
                    title=form.title.data or "",
                    explanation_html=form.explanation_html.data or "",
                    speaker=next(each for each in speakers if each.id == form.speaker_id.data),
                ),
                by=signed_in_person(),
                now=clock.now(),
            )
            if can_edit_proposal(who, proposal):
                flash("Het punt is een voorstel geworden. Werk het af en dien het in.", "success")
                return redirect(url_for("agenda.edit_proposal", proposal_id=proposal.id))
            flash(
                f"Het punt is een voorstel geworden. {proposal.submitter.name} kreeg een mail om "
                "het af te werken en in te dienen.",
                "success",
            )
            return redirect(url_for("reports.show_report", report_id=report.id))
    page = render_template("reports/point.html", form=form, report=report)
    return page, form.answer_status


def _speakers(report: RegionReport) -> list[Person]:
    """Who proposes for the municipality: who looks first, then the directors and mayors."""
    found = people_for_organisations(
        [report.organisation_id], {Role.DIRECTOR, Role.MAYOR}, clock.today()
    )
    people = {person.id: person for person, _town in found}
    mine = signed_in_person().id
    return sorted(people.values(), key=lambda person: (person.id != mine, person.name, person.id))
