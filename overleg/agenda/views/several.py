"""Preparing an agenda quickly: all that was asked for in one press, the minutes of each point."""

from collections.abc import Mapping

from flask import flash, request

from overleg.accounts.login import signed_in_person
from overleg.agenda.forms.items import read_minutes
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.prepare import prepare_page
from overleg.agenda.views.supporting import Answer, supported_meeting, to_prepare
from overleg.agenda.workflow import several as verbs
from overleg.agenda.workflow.undo import undoable
from overleg.lib.text import count_of, join_words
from overleg.web import clock
from overleg.web.access import signed_in, viewer


@blueprint.post("/vergaderingen/<meeting_id>/agenda/voorstellen")
@signed_in
def schedule_several(meeting_id: str) -> Answer:
    """Put the proposals that the page showed on the agenda: those, and none that came since."""
    meeting = supported_meeting(meeting_id)
    shown = request.form.getlist("ids")[:100]
    held = {key: get_proposal(viewer(), key, lock=True) for key in sorted(shown)}
    by, now = signed_in_person(), clock.now()
    label = f"{count_of(len(held), 'voorstel', 'voorstellen')} op de agenda gezet"
    with undoable(meeting, label, by=by, now=now):
        made, stayed = verbs.schedule_several(
            meeting, [held[key] for key in dict.fromkeys(shown)], by=by, now=now
        )
    if made:
        flash(
            f"{count_of(len(made), 'voorstel staat', 'voorstellen staan')} op de agenda.", "success"
        )
    if stayed:
        titles = join_words(f"“{proposal.title}”" for proposal in stayed)
        flash(f"Niet meer te agenderen, want intussen gewijzigd: {titles}.", "warning")
    return to_prepare(meeting.id, "agenda")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/minuten")
@signed_in
def set_minutes(meeting_id: str) -> Answer:
    """Keep how long each point takes."""
    meeting = supported_meeting(meeting_id)
    typed, stood = _fields("minuten-"), _fields("stond-")
    minutes = {key: read_minutes(value) for key, value in typed.items()}
    shown = {key: read_minutes(value) for key, value in stood.items()}
    wrong = [key for key, value in minutes.items() if value is None]
    if wrong:
        return prepare_page(meeting, typed=typed, wrong=wrong), 422
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, "minuten gewijzigd", by=by, now=now):
        changed, kept = verbs.set_minutes(
            meeting, _known(minutes), shown=_known(shown), by=by, now=now
        )
    if kept:
        titles = join_words(f"“{item.title}” ({item.minutes_needed})" for item in kept)
        flash(f"Iemand anders wijzigde intussen de minuten, en dat blijft: {titles}.", "warning")
    if changed:
        flash(f"De minuten van {count_of(len(changed), 'punt', 'punten')} zijn bewaard.", "success")
    return to_prepare(meeting.id, "agenda")


def _fields(start: str) -> dict[str, str]:
    """The fields whose name starts so, by the id that follows."""
    return {
        name.removeprefix(start): value
        for name, value in request.form.items()
        if name.startswith(start)
    }


def _known(read: Mapping[str, int | None]) -> dict[str, int]:
    return {key: value for key, value in read.items() if value is not None}
