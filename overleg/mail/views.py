"""Which mails left, which wait and which failed; and, for a history, a mail as it was sent."""

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from overleg.lib.errors import NotFound
from overleg.mail.links import hide_secrets
from overleg.mail.pages import sending_page
from overleg.mail.permissions import can_read_mail, keeps_mail
from overleg.mail.queries import mail_by_id, page_of_mails
from overleg.mail.states import MailState
from overleg.mail.workflow import retry
from overleg.settings import Settings
from overleg.web import clock
from overleg.web.access import requires, signed_in, viewer

blueprint = Blueprint("mail", __name__)


@blueprint.get("/beheer/mails")
@requires(keeps_mail)
def list_messages() -> ResponseReturnValue:
    """All mails, newest first."""
    state = next((s for s in MailState if s.value == request.args.get("stand")), None)
    number = request.args.get("pagina", 1, type=int)
    page = page_of_mails(state=state, number=number)
    choices = [_choice("Alle", None, page.total, current=state)]
    for option in MailState:
        count = page.counts.get(option, 0)
        choices.append(_choice(option.label.capitalize(), option, count, current=state))
    return render_template("mails/list_messages.html", page=page, state=state, choices=choices)


@blueprint.get("/beheer/mails/<message_id>")
@requires(keeps_mail)
def show_message(message_id: str) -> ResponseReturnValue:
    """One mail, as text. One-time addresses are shown in the demo only."""
    message = mail_by_id(message_id)
    settings: Settings = current_app.extensions["settings"]
    text = message.text if settings.is_demo else hide_secrets(message.text)
    return render_template("mails/show_message.html", message=message, text=text)


@blueprint.post("/beheer/mails/<message_id>/opnieuw")
@requires(keeps_mail)
def retry_message(message_id: str) -> ResponseReturnValue:
    """Try a failed mail again."""
    message = mail_by_id(message_id)
    retry(message, now=clock.now())
    flash(f"De mail aan {message.to_name} wordt opnieuw verstuurd.", "success")
    return redirect(url_for("mail.show_message", message_id=message_id))


@blueprint.get("/mails/<message_id>")
@signed_in
def show_sending(message_id: str) -> ResponseReturnValue:
    """A mail as it was sent, and to whom, for support staff of its body."""
    message = mail_by_id(message_id)
    if not can_read_mail(viewer(), message):
        raise NotFound("Deze mail bestaat niet.")
    return sending_page(message, kicker=" · ".join(filter(None, ["Mail", message.body_name])))


def _choice(
    label: str, state: MailState | None, count: int, *, current: MailState | None
) -> dict[str, object]:
    url = url_for("mail.list_messages", stand=state.value if state else None)
    return {"label": label, "url": url, "count": count, "current": state is current}


def register(app: Flask) -> None:
    """Bind the pages of this package."""
    app.register_blueprint(blueprint)
