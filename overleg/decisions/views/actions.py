"""Action items: who does what by when, and saying that it is done."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired, Length, Optional

from overleg.accounts.login import signed_in_person
from overleg.decisions.models import ActionItem
from overleg.decisions.permissions import can_change_action, can_finish_action
from overleg.decisions.queries.actions import action_by_id
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.actions import (
    ToDo,
    change_action,
    drop_action,
    finish_action,
    reopen_action,
    todo_for,
)
from overleg.lib.errors import Forbidden
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.fields import DayField
from overleg.web.forms import LONGEST_LINE, LineField
from overleg.web.revisions import RevisedForm

Page = str | tuple[str, int] | Response
TOO_LONG = f"Houd het onder {LONGEST_LINE} tekens."


class ActionForm(RevisedForm):
    """What is to be done, by whom and by when."""

    text = LineField(
        "Wat moet er gebeuren?",
        validators=[
            InputRequired("Schrijf wat er moet gebeuren."),
            Length(max=LONGEST_LINE, message=TOO_LONG),
        ],
    )
    who = LineField(
        "Wie?",
        validators=[
            InputRequired("Zeg wie het actiepunt opneemt."),
            Length(max=LONGEST_LINE, message=TOO_LONG),
        ],
    )
    due_on = DayField("Tegen wanneer?", validators=[Optional()])


@blueprint.route("/actiepunten/<action_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_action(action_id: str) -> Page:
    """Write an action item again, for support staff."""
    action = _to_change(action_id)
    form = ActionForm(
        data={name: getattr(action, name) for name in ("text", "who", "due_on", "revision")}
    )
    if form.validate_on_submit():
        with form.refusals():
            change_action(
                action,
                _todo(action, form),
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash("Het actiepunt is gewijzigd.", "success")
            return redirect(_of_meeting(action))
    page = render_template(
        "decisions/action_form.html", form=form, action=action, meeting=action.item.meeting
    )
    return page, form.answer_status


@blueprint.post("/actiepunten/<action_id>/stand")
@signed_in
def settle_action(action_id: str) -> Response:
    """Say that it is done, or with ``open`` that it is not after all."""
    action = action_by_id(viewer(), action_id)
    if not can_finish_action(viewer(), action):
        raise Forbidden
    if request.form.get("stand") == "open":
        reopen_action(action, by=signed_in_person(), now=clock.now())
        flash("Het actiepunt staat opnieuw open.", "success")
    else:
        finish_action(action, by=signed_in_person(), now=clock.now())
        flash(f"Gedaan: {action.text}", "success")
    return redirect(_of_meeting(action))


@blueprint.post("/actiepunten/<action_id>/schrappen")
@signed_in
def remove_action(action_id: str) -> Response:
    """Take away what was noted by mistake."""
    action = _to_change(action_id)
    back = _of_meeting(action)
    drop_action(action, by=signed_in_person(), now=clock.now())
    flash("Het actiepunt is geschrapt.", "success")
    return redirect(back)


def _to_change(action_id: str) -> ActionItem:
    action = action_by_id(viewer(), action_id)
    if not can_change_action(viewer(), action):
        raise Forbidden
    return action


def _todo(action: ActionItem, form: ActionForm) -> ToDo:
    """What was typed; who already does it stays who does it under the same name."""
    who, day = form.who.data or "", form.due_on.data
    if who.casefold() == action.who.casefold():
        return ToDo(form.text.data or "", who, action.person, action.organisation, day)
    return todo_for(action.item.meeting, form.text.data or "", who, day, by=signed_in_person())


def _of_meeting(action: ActionItem) -> str:
    meeting_id = action.item.meeting_id
    return url_for("decisions.meeting_outcomes", meeting_id=meeting_id, _anchor="actiepunten")
