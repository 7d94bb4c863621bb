"""The page of a mail as it was sent, which stands under the address of what it was about."""

from flask import render_template

from overleg.mail.history import Sending, same_sending
from overleg.mail.links import hide_secrets
from overleg.mail.models import OutboxMessage


def sending_page(
    message: OutboxMessage, *, kicker: str, back: str | None = None, folder: str = Sending.folder
) -> str:
    """The mail without its personal links, and who got it. That one may read it is checked before.

    ``kicker`` says above the title what it was about, and leads to the address ``back``; the others
    that went out with it are under ``folder``.
    """
    return render_template(
        "mails/show_sending.html",
        message=message,
        text=hide_secrets(message.text),
        mails=same_sending(message),
        kicker=kicker,
        back=back,
        folder=folder,
    )
