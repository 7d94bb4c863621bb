"""The proposals of an outcome: one by one, or all as a zip that the worker makes."""

from flask import Response as FileResponse
from flask import abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.proposal_zips import ask_zip, zip_path
from overleg.decisions.queries.downloads import last_taken
from overleg.decisions.queries.house_styles import house_styles_of, templates_in_use
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.queries.proposal_zips import (
    GONE,
    rows_to_take,
    takes_all,
    zip_by_id,
    zip_for,
)
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.downloads import note_downloads
from overleg.documents.views import ATTACHMENT_POLICY
from overleg.lib.errors import Forbidden, NotFound
from overleg.lib.text import slugify
from overleg.organisations.models import Organisation
from overleg.web import clock
from overleg.web.access import signed_in, viewer

EVERYBODY = "alle"


@blueprint.get("/uitkomsten/<outcome_id>/voorstellen")
@signed_in
def proposals(outcome_id: str) -> str:
    """The proposals this viewer may take: who took which version, and all in one zip."""
    outcome, rows = _rows(outcome_id)
    towns = {row.organisation_id: row.organisation for row in rows}
    may_all = takes_all(viewer(), outcome, rows)
    offers: list[Organisation | None] = [None] if may_all else list(towns.values())
    own = {(each.organisation_id, each.kind) for each in templates_in_use(towns)}
    return render_template(
        "decisions/proposals.html",
        outcome=outcome,
        meeting=outcome.item.meeting,
        rows=rows,
        offers=[(town, zip_for(outcome, town)) for town in offers],
        taken=last_taken([row.id for row in rows]),
        styled=set(house_styles_of(towns)),
        own=own,
    )


@blueprint.post("/uitkomsten/<outcome_id>/voorstellen")
@signed_in
def ask_proposals(outcome_id: str) -> Response:
    """Ask for a zip of all proposals, or of those of one's own municipality."""
    outcome, rows = _rows(outcome_id)
    whose = request.form.get("gemeente", "")
    town = next((row.organisation for row in rows if row.organisation_id == whose), None)
    if whose != EVERYBODY and town is None:
        raise NotFound
    if whose == EVERYBODY and not takes_all(viewer(), outcome, rows):
        raise Forbidden
    ask_zip(outcome, town, now=clock.now())
    flash("De zip wordt gemaakt. U kunt intussen verder werken.", "success")
    return redirect(url_for("decisions.proposals", outcome_id=outcome.id, _anchor="zip"))


@blueprint.get("/voorstellen-zip/<zip_id>")
@signed_in
def download_zip(zip_id: str) -> FileResponse:
    """The zip, for who may take all that is in it; noted for each proposal."""
    made, rows = zip_by_id(viewer(), zip_id)
    path = zip_path(made)
    if made.made_at_utc is None or not path.is_file():
        abort(404, GONE)
    note_downloads(rows, made.version_number, by=signed_in_person(), now=clock.now())
    subject = slugify(made.outcome.title)[:60].strip("-") or "uitkomst"
    town = f"-{made.organisation.slug}" if made.organisation else ""
    response = send_file(
        path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"voorstellen{town}-{subject}-versie-{made.version_number}.zip",
        max_age=None,
    )
    response.headers["Content-Security-Policy"] = ATTACHMENT_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _rows(outcome_id: str) -> tuple[Outcome, list[FollowUp]]:
    """A released outcome with the proposals this viewer may take. Raises ``NotFound``."""
    outcome = outcome_by_id(viewer(), outcome_id)
    rows = rows_to_take(viewer(), outcome)
    if not rows or outcome.text is None:
        raise NotFound("Van deze uitkomst zijn er geen voorstellen die u kunt downloaden.")
    return outcome, rows
