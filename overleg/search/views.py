"""The page to search on, and the list of annexes whose text can't be searched."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, render_template, request

from overleg.documents.views import file_store
from overleg.jobs.queue import EVERY_MINUTE, queue_of
from overleg.lib.words import Sought, read_question
from overleg.organisations.viewer import Viewer
from overleg.search.queries import Choice, Found, find, silent_files
from overleg.search.showing import shown
from overleg.search.states import FoundKind
from overleg.search.workflow.files import READ_FILES, read_next_file
from overleg.search.workflow.following import FOLLOW, follow_journal
from overleg.web.access import signed_in, viewer
from overleg.web.drawing import url_for
from overleg.web.navigation import Link

blueprint = Blueprint("search", __name__)
LONGEST_QUESTION = 200
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Filter(Link):
    """A choice above the list, with how much it holds."""

    count: int | None = None


def register(app: Flask) -> None:
    """Bind the pages, and the jobs that keep the index."""
    app.register_blueprint(blueprint)
    queue_of(app).declare(
        FOLLOW, follow_journal, every=EVERY_MINUTE, does="Houdt het zoeken bij met wat wijzigt"
    )
    queue_of(app).declare(
        READ_FILES,
        _read_next_file,
        every=EVERY_MINUTE,
        does="Leest de tekst van bijlagen, om erin te zoeken",
    )


def _read_next_file(now: datetime) -> None:
    read_next_file(file_store(), now=now)


@blueprint.get("/zoeken")
@signed_in
def search() -> str:
    """What the viewer may read and has these words in it; by kind, body and year."""
    who = viewer()
    question = " ".join(request.args.get("q", "").split())[:LONGEST_QUESTION]
    choice = _choice(who, read_question(question))
    found = find(who, choice)
    return render_template(
        "search/search.html",
        question=question,
        choice=choice,
        found=found,
        hits=[shown(entry, choice.asked) for entry in found.entries],
        kinds=_kinds(question, who, choice, found),
        bodies=_bodies(question, who, choice, found),
        years=_years(question, who, choice, found),
        parameters=_parameters(question, who, choice),
    )


@blueprint.get("/zoeken/niet-doorzoekbaar")
@signed_in
def unsearchable() -> str:
    """The annexes that the viewer may read, but whose text is not found, and why."""
    nothing = Sought(())
    files = [(shown(entry, nothing), entry.text_state) for entry in silent_files(viewer())]
    return render_template("search/unsearchable.html", files=files)


def _choice(who: Viewer, asked: Sought) -> Choice:
    slug = request.args.get("overleg", "")
    bodies = {body.slug: body_id for body_id, body in who.bodies.items()}
    kinds = {kind.label: kind for kind in FoundKind}
    year = request.args.get("jaar", 0, type=int)
    return Choice(
        asked,
        kind=kinds.get(request.args.get("soort", "")),
        body_id=bodies.get(slug),
        year=year if year in YEARS else None,
        page=max(1, request.args.get("pagina", 1, type=int)),
    )


def _parameters(question: str, who: Viewer, choice: Choice) -> dict[str, Any]:
    body = who.bodies.get(choice.body_id or "")
    return {
        "q": question,
        "soort": choice.kind.label if choice.kind else None,
        "overleg": body.slug if body else None,
        "jaar": choice.year,
    }


def _filter(  # noqa: PLR0917 - each filter differs in few of these
    label: str, question: str, who: Viewer, chosen: Choice, now: Choice, count: int | None
) -> Filter:
    url = url_for("search.search", **_parameters(question, who, chosen))
    same = (chosen.kind, chosen.body_id, chosen.year) == (now.kind, now.body_id, now.year)
    return Filter(label, url, current=same, count=count)


def _kinds(question: str, who: Viewer, choice: Choice, found: Found) -> list[Filter]:
    some = [
        _filter(kind.many.capitalize(), question, who, replace(choice, kind=kind), choice, count)
        for kind in FoundKind
        if (count := found.kinds[kind]) or kind is choice.kind
    ]
    everything = _filter("Alles", question, who, replace(choice, kind=None), choice, None)
    return [everything, *some]


def _bodies(question: str, who: Viewer, choice: Choice, found: Found) -> list[Filter]:
    known = sorted(who.bodies.items(), key=lambda item: item[1].name)
    some = [
        _filter(body.name, question, who, replace(choice, body_id=body_id), choice, count)
        for body_id, body in known
        if (count := found.body_ids[body_id]) or body_id == choice.body_id
    ]
    everywhere = replace(choice, body_id=None)
    return [_filter("Elk overleg", question, who, everywhere, choice, None), *some]


def _years(question: str, who: Viewer, choice: Choice, found: Found) -> list[Filter]:
    years = sorted({*found.years, *([choice.year] if choice.year else [])}, reverse=True)
    some = [
        _filter(str(year), question, who, replace(choice, year=year), choice, found.years[year])
        for year in years
    ]
    return [_filter("Elk jaar", question, who, replace(choice, year=None), choice, None), *some]
