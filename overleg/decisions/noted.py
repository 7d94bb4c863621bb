"""What follows from an outcome that was just noted, in a package above this one.

That package binds itself with ``on_noted`` at the start: the table that agrees with the previous
verslag approves it, wherever that outcome is noted.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app

from overleg.accounts.models import Person
from overleg.decisions.models import Outcome

FOLLOWER = "follower_of_outcomes"

Follower = Callable[[Outcome, Person, datetime], str]
"""Does what follows from an outcome that this person notes now (UTC).

Returns what came of it in a Dutch sentence; empty when nothing follows.
"""


def on_noted(app: Flask, follower: Follower) -> None:
    """Bind what follows from an outcome."""
    app.extensions[FOLLOWER] = follower


def follow_noted(outcome: Outcome, by: Person, now: datetime) -> str:
    """Do what follows from an outcome that was just noted, and say what came of it."""
    follower: Follower = current_app.extensions[FOLLOWER]
    return follower(outcome, by, now)
