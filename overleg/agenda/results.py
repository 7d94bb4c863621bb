"""What became of a proposal, for its page.

Outcomes are kept by a package above this one. It binds itself with ``on_results`` at the start, and
is asked when the page of a proposal that stood on an agenda is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

from overleg.agenda.models import Proposal
from overleg.organisations.viewer import Viewer

TELLER = "results_of_proposals"


@dataclass(frozen=True)
class Result:
    """One thing that became of a proposal, and its page."""

    kind: str
    title: str
    agreed_on: date
    """The day of its meeting, in Brussels."""
    standing: str
    """How far the municipalities are; empty where nothing is asked of them."""
    url: str


Teller = Callable[[Viewer, Proposal, date], Sequence[Result]]
"""What this viewer may see of what became of a proposal, on a day in Brussels."""


def on_results(app: Flask, teller: Teller) -> None:
    """Bind what tells the results of a proposal."""
    app.extensions[TELLER] = teller


def results_of(viewer: Viewer, proposal: Proposal, today: date) -> Sequence[Result]:
    """What became of a proposal, oldest first, as far as this viewer may see it."""
    teller: Teller = current_app.extensions[TELLER]
    return teller(viewer, proposal, today)
