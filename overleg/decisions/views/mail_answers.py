"""Answering one row with the link in a mail: no sign-in, one confirmation.

Mail programs open links by themselves, so opening one only notes that it was opened. Who answers is
who the link was made for, as long as that person still reports for the municipality.
"""

from typing import Any

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from overleg.decisions.answer_links import ANSWER_LINKS
from overleg.decisions.forms import ReportForm
from overleg.decisions.models import FollowUp, FollowUpLink
from overleg.decisions.papers import proposal_docx, proposal_filename
from overleg.decisions.permissions import REPORTING_ROLES
from overleg.decisions.queries.links import link_by_id
from overleg.decisions.queries.organ_days import first_session_after
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.reporting import is_about_day, likely_next, what_of
from overleg.decisions.workflow import follow_up as verbs
from overleg.decisions.workflow.downloads import note_downloads
from overleg.decisions.workflow.links import note_use
from overleg.lib.errors import EditConflict, NotFound, Refused
from overleg.organisations.viewer import viewer_for
from overleg.web.access import public
from overleg.web.clock import now, today
from overleg.web.downloads import word_file
from overleg.web.secret_pages import CHANGE, CONFIRM, INCOMPLETE, LinkSpent, secret_page

GONE = "Ze werd vervangen of ingetrokken. Gebruik de link in uw laatste mail, of meld u aan."
NOT_YOURS = "U meldt niet meer voor deze gemeente. Meld u aan om te zien wat er op u wacht."


@blueprint.get("/opvolging/antwoord/<token>")
@public
@secret_page
def answer_by_mail(token: str) -> ResponseReturnValue:
    """The row with the fields to report on it."""
    link = _live(token)
    if request.method == "GET":
        note_use(link, now=now())
    row = link.follow_up
    form = ReportForm(
        formdata=None,
        data={
            "state": likely_next(row),
            "day": row.decided_on or row.scheduled_on,
            "reference_number": row.reference_number,
            "decision_url": row.decision_url,
            "remark": row.remark,
            "revision": row.revision,
        },
    )
    return _page(link, token, form)


@blueprint.post("/opvolging/antwoord/<token>")
@public
@secret_page
def confirm_by_mail(token: str) -> ResponseReturnValue:
    """Ask to confirm what was filled in, and report it once it is confirmed."""
    link = _live(token)
    row, form = link.follow_up, ReportForm()
    verbs.hold_rows([row])
    if not form.validate() or request.form.get("step") == CHANGE:
        return _page(link, token, form), 422 if form.errors else 200
    what = what_of(form)
    conflict = _conflict(form, row, what)
    if form.errors or conflict:
        return _page(link, token, form, conflict), 409 if conflict else 422
    if request.form.get("step") != CONFIRM:
        return render_template(
            "decisions/confirm_by_mail.html",
            token=token,
            link=link,
            row=row,
            form=form,
            what=what,
        )
    note_use(link, now=now())
    verbs.report(row, what, revision=row.revision, by=link.person, now=now())
    flash(f"Gemeld: {row.outcome.title} is {row.state.label}.", "success")
    return redirect(url_for("decisions.answered_by_mail"), code=303)


@blueprint.get("/opvolging/antwoord/<token>/voorstel.docx")
@public
@secret_page
def proposal_by_mail(token: str) -> ResponseReturnValue:
    """The Word file of the row."""
    link = _live(token)
    row = link.follow_up
    if row.outcome.text is None:
        raise NotFound
    if request.method == "GET":
        note_use(link, now=now())
        number = row.outcome.text.version_number
        note_downloads([row], number, by=link.person, now=now())
    content = proposal_docx(row, row.outcome.text, now=now())
    return word_file(content, proposal_filename(row, row.outcome.text))


@blueprint.get("/opvolging/antwoord/bedankt")
@public
def answered_by_mail() -> ResponseReturnValue:
    """Thanks; names nothing, so that it can stay open anywhere."""
    return render_template("decisions/answered_by_mail.html")


def _conflict(form: Any, row: FollowUp, what: verbs.Report) -> str:
    """Who reported in between, if anybody did; what else is wrong stands beside its field."""
    try:
        verbs.check_report(row, what, revision=form.revision.data, today=today())
    except EditConflict as conflict:
        form.revision.data = row.revision
        return str(conflict)
    except Refused as refused:
        form.refuse(form.day if is_about_day(str(refused)) else form.remark, str(refused))
    return ""


def _live(token: str) -> FollowUpLink:
    """The link, as long as it holds and its person reports for the municipality.

    Raises ``LinkSpent``.
    """
    named = ANSWER_LINKS.read(token)
    if named is None:
        raise LinkSpent(INCOMPLETE, onward="decisions.matrix")
    link = link_by_id(named[0])
    if link is None or link.ended_at_utc is not None:
        raise LinkSpent(GONE, onward="decisions.matrix")
    reports_for = viewer_for(link.person, today()).organisations_as(*REPORTING_ROLES)
    if link.person.disabled_at_utc is not None or link.follow_up.organisation_id not in reports_for:
        raise LinkSpent(NOT_YOURS, onward="decisions.matrix")
    return link


def _page(link: FollowUpLink, token: str, form: Any, conflict: str = "") -> str:
    row = link.follow_up
    return render_template(
        "decisions/answer_by_mail.html",
        token=token,
        link=link,
        row=row,
        form=form,
        conflict=conflict,
        first_session=first_session_after(row.organisation_id, row.organ, today()),
        today=today(),
    )
