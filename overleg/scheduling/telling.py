"""News of a meeting for packages above this one: that its day, hours, place or state changed.

What lies above can't be called from here. It binds itself with ``on_meeting_news`` at the start,
and is called inside the transaction of the change, so that both are kept or neither.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from overleg.scheduling.models import Meeting

Listen = Callable[[Meeting, datetime], None]
LISTENERS = "meeting_news"


def on_meeting_news(app: Flask, listen: Listen) -> None:
    """Bind what is called with a meeting that changed and the moment (UTC)."""
    app.extensions.setdefault(LISTENERS, []).append(listen)


def tell_news(meeting: Meeting, *, now: datetime) -> None:
    """Tell that a meeting was announced, changed or cancelled."""
    listeners: list[Listen] = current_app.extensions.get(LISTENERS, [])
    for listen in listeners:
        listen(meeting, now)
