"""The follow-up: outcomes by municipalities, on a page, in Excel and in Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for

from overleg.decisions.permissions import can_note_outcome
from overleg.decisions.queries.matrix import (
    Chosen,
    Show,
    cells_of_lines,
    deviations_of,
    lines_of_matrix,
    municipalities_of,
)
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.decisions.spreadsheets import follow_up_xlsx
from overleg.decisions.standing import MARKS, Line, build_matrix
from overleg.decisions.standing_paper import standing_docx
from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.views.blueprint import blueprint
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import bodies
from overleg.organisations.states import Role
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import coming_meetings
from overleg.scheduling.states import MeetingState
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import excel_file, word_file
from overleg.web.navigation import Link

OPEN_AGENDA = frozenset({MeetingState.PREPARING, MeetingState.AGENDA_SENT})
PAGE_SIZE, MOST_EXPORTED = 20, 500
MOST_PAGES = 10_000
EVERY_BODY = "alle"
FAR = timedelta(days=365 * 50)
SHOWN = {Show.ALL: "Alles", Show.OPEN: "Nog niet afgerond", Show.LATE: "Te laat"}
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class AskedMatrix:
    """What the address asks: the body, what it is narrowed to, and how it is said again."""

    bodies: Sequence[Body]
    body: Body | None
    chosen: Chosen
    said: dict[str, str]

    @property
    def name(self) -> str:
        """Of whom the follow-up is."""
        return self.body.name if self.body else "Alle overleggen"

    def address(self, endpoint: str, **other: str) -> str:
        """The same question elsewhere, or with something else in it."""
        said = {name: value for name, value in {**self.said, **other}.items() if value}
        return f"{url_for(endpoint)}?{urlencode(said)}" if said else url_for(endpoint)


@blueprint.get("/opvolging")
@signed_in
def matrix() -> str:
    """One look tells who is late."""
    asked, today = _asked(), clock.today()
    page = max(1, min(request.args.get("pagina", 1, type=int), MOST_PAGES))
    found = _lines(asked, today, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    lines = found[:PAGE_SIZE]
    own = viewer().organisations_as(*MUNICIPAL_ROLES, Role.COUNCILLOR)
    built = build_matrix(lines, cells_of_lines(lines, asked.chosen), today, own=own)
    own_ids = [asked.body.id] if asked.body else [body.id for body in asked.bodies]
    return render_template(
        "decisions/matrix.html",
        asked=asked,
        body=asked.body,
        show_choices=[
            Link(
                label,
                asked.address("decisions.matrix", toon=show.value),
                current=show is asked.chosen.show,
            )
            for show, label in SHOWN.items()
        ],
        every_body=EVERY_BODY,
        kinds=[kind for kind in OutcomeKind if kind.asks_follow_up],
        organs=list(Organ),
        municipalities=municipalities_of(own_ids),
        is_narrowed=any(
            asked.said.get(name) for name in ("van", "tot", "soort", "orgaan", "gemeente")
        ),
        matrix=built,
        marks=MARKS,
        deviations=deviations_of(lines, asked.chosen),
        columns=[
            Link(name, url_for("decisions.show_municipality", nis_code=nis_code))
            for name, nis_code in built.municipalities
        ],
        next_meeting=_next_meeting(asked.body),
        today=today,
        page=page,
        has_more=len(found) > PAGE_SIZE,
    )


@blueprint.get("/opvolging.xlsx")
@signed_in
def matrix_xlsx() -> Response:
    """What the page shows, all pages of it, in Excel."""
    asked, today = _asked(), clock.today()
    lines = _lines(asked, today, limit=MOST_EXPORTED)
    cells = cells_of_lines(lines, asked.chosen)
    content = follow_up_xlsx(
        asked.name, lines, cells, deviations_of(lines, asked.chosen), now=clock.now()
    )
    return excel_file(content, f"opvolging-{today:%Y-%m-%d}.xlsx")


@blueprint.get("/opvolging.docx")
@signed_in
def matrix_docx() -> Response:
    """The same in Word."""
    asked, today = _asked(), clock.today()
    lines = _lines(asked, today, limit=MOST_EXPORTED)
    cells = cells_of_lines(lines, asked.chosen)
    content = standing_docx(
        asked.name, lines, cells, deviations_of(lines, asked.chosen), now=clock.now()
    )
    return word_file(content, f"opvolging-{today:%Y-%m-%d}.docx")


def _lines(asked: AskedMatrix, today: date, *, offset: int = 0, limit: int) -> Sequence[Line]:
    if not asked.bodies:
        return []
    return lines_of_matrix(viewer(), asked.chosen, today, offset=offset, limit=limit)


def _next_meeting(body: Body | None) -> Meeting | None:
    """The meeting that the standing point can be put on, for who prepares its agenda."""
    if body is None or not can_note_outcome(viewer(), body.id):
        return None
    coming = coming_meetings(viewer(), clock.now(), body_ids=[body.id], limit=3)
    return next((meeting for meeting in coming if meeting.state in OPEN_AGENDA), None)


def _asked() -> AskedMatrix:
    own = [body for body in bodies(viewer()) if not body.is_external]
    slug = request.args.get("overleg", "")
    body = None if slug == EVERY_BODY else _body(own, slug)
    nis_code = request.args.get("gemeente", "")
    said = {
        "overleg": EVERY_BODY if slug == EVERY_BODY else (body.slug if body else ""),
        "van": _day_said("van"),
        "tot": _day_said("tot"),
        "soort": _one_of(OutcomeKind, "soort") or "",
        "orgaan": _one_of(Organ, "orgaan") or "",
        "gemeente": nis_code if nis_code.isdecimal() and len(nis_code) == 5 else "",
        "toon": _one_of(Show, "toon") or "",
    }
    chosen = Chosen(
        body_id=body.id if body else None,
        since=date.fromisoformat(said["van"]) if said["van"] else None,
        until=date.fromisoformat(said["tot"]) if said["tot"] else None,
        kind=_one_of(OutcomeKind, "soort"),
        organ=_one_of(Organ, "orgaan"),
        nis_code=said["gemeente"],
        show=_one_of(Show, "toon") or Show.ALL,
    )
    return AskedMatrix(own, body, chosen, said)


def _body(own: Sequence[Body], slug: str) -> Body | None:
    if not slug:
        return own[0] if own else None
    for body in own:
        if body.slug == slug:
            return body
    raise NotFound


def _one_of(choices: type[Choice], name: str) -> Choice | None:
    given = request.args.get(name, "")
    return next((choice for choice in choices if choice.value == given), None)


def _day_said(name: str) -> str:
    """A day of the address as it can be said again; empty for what is none or far off."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return ""
    return day.isoformat() if abs(day - clock.today()) < FAR else ""
