"""The page of a municipality: what must be on its college or council, reported in one line."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.follow_up_forms import LineForm, LinesForm
from overleg.decisions.models import FollowUp
from overleg.decisions.queries.downloads import last_taken
from overleg.decisions.queries.follow_up import (
    municipality_for,
    rows_of_municipality,
)
from overleg.decisions.queries.moves import moves_of
from overleg.decisions.queries.organ_days import sessions_of
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.decisions.queries.reminders import pauses_of
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.reporting import is_about_day, uploaded, what_of
from overleg.decisions.workflow import follow_up as verbs
from overleg.decisions.worklist import by_session
from overleg.documents.states import Circle
from overleg.lib.errors import EditConflict, Forbidden, Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Organisation
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import typed_for

Page = str | tuple[str, int] | Response
Lines = dict[str, LineForm]


@blueprint.get("/gemeenten/<nis_code>")
@signed_in
def show_municipality(nis_code: str) -> Page:
    """What must be on this municipality's college or council, by when, and what was answered."""
    municipality = municipality_for(viewer(), nis_code)
    rows = rows_of_municipality(viewer(), municipality)
    typed = typed_for(url_for("decisions.report_several", nis_code=nis_code))
    return _page(municipality, rows, _lines(rows, typed))


@blueprint.post("/gemeenten/<nis_code>/melden")
@signed_in
def report_several(nis_code: str) -> Page:
    """Report what was filled in on the page of a municipality: all of it, or nothing."""
    municipality = municipality_for(viewer(), nis_code)
    rows = rows_of_municipality(viewer(), municipality)
    sent: MultiDict[str, Any] = CombinedMultiDict([request.files, request.form])
    lines = _lines(rows, sent)
    if not lines and not any(permissions.can_report(viewer(), row) for row in rows):
        raise Forbidden
    filled = [(row, lines[row.id]) for row in rows if row.id in lines and lines[row.id].is_filled]
    if not filled:
        flash("U vulde nog niets in. Kies bij een punt de stand.", "warning")
        return redirect(url_for("decisions.show_municipality", nis_code=nis_code))
    verbs.hold_rows([row for row, _line in filled])
    statuses = [_check(row, line) for row, line in filled]
    if (status := _worst(statuses)) == 200:
        status = _take_in(filled)
    if status != 200:
        return _page(municipality, rows, lines), status
    flash(f"Gemeld: {count_of(len(filled), 'punt', 'punten')} in {municipality.name}.", "success")
    return redirect(url_for("decisions.show_municipality", nis_code=nis_code))


def _check(row: FollowUp, line: LineForm) -> int:
    """The status of one line; what is wrong stands beside it."""
    if not line.validate():
        return 422
    try:
        verbs.check_report(row, what_of(line), revision=line.revision.data, today=clock.today())
    except EditConflict as conflict:
        line.state.errors = [str(conflict)]
        line.revision.data = row.revision
        return 409
    except Refused as refused:
        beside = line.day if is_about_day(str(refused)) else line.remark
        beside.errors = [str(refused)]
        return 422
    return 200


def _take_in(filled: Sequence[tuple[FollowUp, LineForm]]) -> int:
    by, now = signed_in_person(), clock.now()
    for row, line in filled:
        try:
            file = uploaded(line.file, by)
        except Refused:
            return 422
        verbs.report(row, what_of(line, file), revision=row.revision, by=by, now=now)
    return 200


def _worst(statuses: Sequence[int]) -> int:
    return 409 if 409 in statuses else max(statuses)


def _lines(rows: Sequence[FollowUp], sent: MultiDict[str, Any] | None = None) -> Lines:
    """A line for each row that this person may report on and that is open, or was when sent."""
    return {
        row.id: LineForm(
            sent, prefix=f"{row.id}-", data={"revision": row.revision, "day": row.scheduled_on}
        )
        for row in rows
        if (not row.state.is_final or (sent is not None and f"{row.id}-state" in sent))
        and permissions.can_report(viewer(), row)
    }


def _page(municipality: Organisation, rows: Sequence[FollowUp], lines: Lines) -> str:
    today, who = clock.today(), viewer()
    own = municipality.id in who.organisations_as(*MUNICIPAL_ROLES)
    widest = max(who.reach.values(), key=lambda circle: circle.rank, default=None)
    worked_on = [row for row in rows if not row.state.is_final or _was_filled(lines.get(row.id))]
    return render_template(
        "decisions/municipality.html",
        municipality=municipality,
        form=LinesForm(formdata=None),
        lines=lines,
        wrong=[line for line in lines.values() if line.errors],
        organs=by_session(worked_on, sessions_of([municipality.id]), today),
        answered=[row for row in rows if row not in worked_on],
        moves=moves_of([row.id for row in rows]),
        taken=last_taken([row.id for row in rows]),
        pauses=pauses_of(worked_on, today),
        reads_reports=permissions.reads_region_reports(viewer(), municipality),
        may_set_days=permissions.works_for(viewer(), municipality),
        today=today,
        can_report=permissions.can_report,
        can_download=permissions.can_download_proposal,
        circle=None if own or widest is Circle.MAYORS else widest,
        has_ended=not municipality.valid_on(today),
    )


def _was_filled(line: LineForm | None) -> bool:
    return line is not None and line.is_filled
