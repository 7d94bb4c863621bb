"""When a municipality's college and council meet: a rule, and the days that differ."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.db import revision_of
from overleg.decisions import permissions
from overleg.decisions.follow_up_forms import DaysFileForm, SessionsForm, days_in, in_lines
from overleg.decisions.queries.follow_up import municipality_for
from overleg.decisions.queries.organ_days import (
    Sessions,
    calendar_of,
    sessions_of,
    starts_on,
)
from overleg.decisions.states import Organ
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.organ_days import Rule, set_sessions
from overleg.lib.errors import Forbidden, NotFound
from overleg.organisations.models import Organisation
from overleg.scheduling.rhythm import RhythmKind, on_or_after
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response
SHOWN_AHEAD = timedelta(days=120)
BY_ADDRESS = {organ.label: organ for organ in Organ}
NONE_SENT: Mapping[Organ, Any] = MappingProxyType({})


@blueprint.get("/gemeenten/<nis_code>/zittingen")
@signed_in
def organ_days(nis_code: str) -> Page:
    """When the college and the council meet."""
    return organ_days_page(own_municipality(nis_code))


@blueprint.post("/gemeenten/<nis_code>/zittingen/<organ>")
@signed_in
def set_organ_days(nis_code: str, organ: str) -> Page:
    """Say when one of them meets."""
    municipality = own_municipality(nis_code)
    if organ not in BY_ADDRESS:
        raise NotFound
    which = BY_ADDRESS[organ]
    form = _form(municipality, which, _known(municipality)[which])
    if form.validate_on_submit():
        with form.refusals():
            set_sessions(
                municipality,
                which,
                _rule(form),
                extra=days_in(form.extra.data or "")[0],
                skipped=days_in(form.skipped.data or "")[0],
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash(f"De zittingsdagen van {which.label_with_article} zijn bewaard.", "success")
            return redirect(url_for("decisions.organ_days", nis_code=nis_code))
    return organ_days_page(municipality, rules={which: form}), form.answer_status


def own_municipality(nis_code: str) -> Organisation:
    """A municipality whose days this person keeps. Raises ``NotFound``, ``Forbidden``."""
    municipality = municipality_for(viewer(), nis_code)
    if not permissions.works_for(viewer(), municipality):
        raise Forbidden
    return municipality


def _rule(form: SessionsForm) -> Rule | None:
    if not form.kind.data:
        return None
    kind, weekday = RhythmKind(form.kind.data), int(form.weekday.data)
    first_day = form.first_day.data or clock.today()
    return Rule(
        kind=kind,
        weekday=weekday,
        nth=int(form.nth.data),
        every_weeks=form.every_weeks.data or 1,
        first_day=on_or_after(first_day, weekday) if kind is RhythmKind.WEEKLY else first_day,
    )


def file_form(organ: Organ, **kwargs: Any) -> DaysFileForm:
    """The form for the calendar file of an organ, beside that of the other."""
    return DaysFileForm(prefix=f"{organ.value}-", **kwargs)


def organ_days_page(
    municipality: Organisation,
    *,
    rules: Mapping[Organ, SessionsForm] = NONE_SENT,
    files: Mapping[Organ, DaysFileForm] = NONE_SENT,
) -> str:
    """The page with the days of each organ; a form that was sent stands there as it was sent."""
    today = clock.today()
    return render_template(
        "decisions/organ_days.html",
        municipality=municipality,
        organs=[
            (
                organ,
                each,
                rules.get(organ) or _form(municipality, organ, each, formdata=None),
                _coming(each, today),
                files.get(organ) or file_form(organ, formdata=None),
            )
            for organ, each in _known(municipality).items()
        ],
    )


def _known(municipality: Organisation) -> dict[Organ, Sessions]:
    known = sessions_of([municipality.id])
    return {organ: known.get((municipality.id, organ), Sessions()) for organ in Organ}


def _coming(sessions: Sessions, today: date) -> list[date]:
    return sessions.between(today + timedelta(days=1), today + SHOWN_AHEAD)


def _form(
    municipality: Organisation, organ: Organ, sessions: Sessions, **kwargs: Any
) -> SessionsForm:
    rule = sessions.rule
    typed = [one for one in sessions.days if not one.from_file]
    return SessionsForm(
        prefix=f"{organ.value}-",
        data={
            "revision": revision_of(calendar_of(municipality.id, organ)),
            "kind": rule.kind.value if rule else "",
            "weekday": str(rule.weekday if rule else 0),
            "every_weeks": rule.every_weeks if rule else 1,
            "nth": str(rule.nth if rule else -1),
            "first_day": starts_on(rule) if rule else clock.today(),
            "extra": in_lines([one.day for one in typed if one.meets]),
            "skipped": in_lines([one.day for one in typed if not one.meets]),
        },
        **kwargs,
    )
