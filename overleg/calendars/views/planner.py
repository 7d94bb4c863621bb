"""The year planner: of a person, of a municipality, of a region; on a page and in Word."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for

from overleg.calendars.feeds.scope import (
    OWN_TOWN_ROLES,
    bodies_of_municipality,
    bodies_of_region,
    groups_to_follow,
)
from overleg.calendars.planner.doubles import with_doubles
from overleg.calendars.planner.drawing import draw
from overleg.calendars.planner.papers import year_docx
from overleg.calendars.planner.queries import bodies_in, dates_of_year, meetings_of_year
from overleg.calendars.planner.year import Gathering, Year, year_of
from overleg.calendars.views.blueprint import blueprint
from overleg.decisions.queries.follow_up import municipality_for
from overleg.lib.dates import MONTHS
from overleg.lib.errors import NotFound
from overleg.organisations.queries import region_by_slug
from overleg.organisations.viewer import Viewer
from overleg.organisations.wording import region_called
from overleg.scheduling.rules.queries import loose_in, travel_minutes_of
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file
from overleg.web.navigation import Link

FIRST_YEAR, LAST_YEAR = 1970, 2200
MONTH = "maand"
VIEWS = {"jaar": "Jaar", MONTH: "Maand", "lijst": "Lijst"}

Values = dict[str, Any]
"""What an address is made with."""


@dataclass(frozen=True)
class Planner:
    """Whose year it is, and where it stands."""

    name: str
    endpoint: str
    values: Values
    body_ids: Collection[str]
    colour: str = ""

    def address(self, **asked: Any) -> str:
        """The page with these choices."""
        return url_for(f"calendars.{self.endpoint}", **self.values, **asked)

    def word_address(self, year: int) -> str:
        """The Word file of a year."""
        return url_for(f"calendars.{self.endpoint}_docx", **self.values, jaar=year)


@blueprint.get("/jaarplanner")
@signed_in
def year_planner() -> str:
    """The year of one's own bodies."""
    return _page(_own())


@blueprint.get("/jaarplanner.docx")
@signed_in
def year_planner_docx() -> Response:
    """The same as a Word file."""
    return _word(_own())


@blueprint.get("/gemeenten/<nis_code>/jaar")
@signed_in
def municipality_year(nis_code: str) -> str:
    """The year of the bodies at whose table a municipality sits."""
    return _page(_of_municipality(nis_code))


@blueprint.get("/gemeenten/<nis_code>/jaar.docx")
@signed_in
def municipality_year_docx(nis_code: str) -> Response:
    """The same as a Word file."""
    return _word(_of_municipality(nis_code))


@blueprint.get("/regios/<slug>/jaar")
@signed_in
def region_year(slug: str) -> str:
    """The year of the bodies of a region."""
    return _page(_of_region(slug))


@blueprint.get("/regios/<slug>/jaar.docx")
@signed_in
def region_year_docx(slug: str) -> Response:
    """The same as a Word file."""
    return _word(_of_region(slug))


def _own() -> Planner:
    return Planner("Mijn overleggen", "year_planner", {}, viewer().body_ids)


def _of_municipality(nis_code: str) -> Planner:
    municipality = municipality_for(viewer(), nis_code)
    body_ids = bodies_of_municipality(viewer(), municipality)
    return Planner(municipality.name, "municipality_year", {"nis_code": nis_code}, body_ids)


def _of_region(slug: str) -> Planner:
    region = region_by_slug(slug)
    body_ids = bodies_of_region(viewer(), region)
    if not body_ids:
        raise NotFound
    name = region_called(region.name)
    return Planner(name, "region_year", {"slug": slug}, body_ids, colour=region.colour)


def _asked_year() -> int:
    asked = request.args.get("jaar", type=int)
    is_known = asked is not None and FIRST_YEAR <= asked <= LAST_YEAR
    return asked if is_known and asked is not None else clock.today().year


def _year(planner: Planner) -> Year:
    """What stands in the asked year; broken rules only where this person can mend them."""
    who: Viewer = viewer()
    number = _asked_year()
    mended = [body_id for body_id in planner.body_ids if who.supports(body_id)]
    year = year_of(
        number,
        bodies_in(planner.body_ids),
        meetings_of_year(planner.body_ids, number),
        dates_of_year(planner.body_ids, number),
        loose_in(mended, clock.now()) if mended else [],
    )
    tables = who.seated_in & set(planner.body_ids)
    if len(tables) < 2:
        return year
    found = with_doubles(year.gatherings, tables, travel_minutes_of(tables))
    by_body: dict[str, list[Gathering]] = {}
    for each in found:
        by_body.setdefault(each.body.id, []).append(each)
    lanes = [replace(lane, gatherings=by_body.get(lane.body.id, [])) for lane in year.lanes]
    return replace(year, lanes=lanes)


def _page(planner: Planner) -> str:
    today, year = clock.today(), _year(planner)
    asked = next((key for key in VIEWS if key == request.args.get("toon")), None)
    month = request.args.get("maand", type=int) or 0
    if not 1 <= month <= 12:
        month = today.month if today.year == year.number else 1
    return render_template(
        "calendars/planner/show.html",
        planner=planner,
        colour=planner.colour,
        year=year,
        picture=draw(year, today),
        asked=asked,
        shows_month=asked == MONTH,
        month=month,
        month_name=MONTHS[month - 1].capitalize(),
        weeks=year.weeks(month) if asked == MONTH else [],
        months=_months(planner, year.number, month),
        views=partial(_views, planner, year.number),
        years=[
            Link(
                str(number),
                planner.address(jaar=number, toon=asked),
                current=number == year.number,
            )
            for number in range(year.number - 1, year.number + 2)
        ],
        whose=_whose(planner, year.number, asked),
        today=today,
    )


def _views(planner: Planner, year: int, shown: str) -> list[Link]:
    return [
        Link(label, planner.address(jaar=year, toon=key), current=key == shown)
        for key, label in VIEWS.items()
    ]


def _months(planner: Planner, year: int, month: int) -> list[Link]:
    return [
        Link(
            name[:3] if len(name) > 5 else name,
            planner.address(jaar=year, toon=MONTH, maand=number),
            current=number == month,
        )
        for number, name in enumerate(MONTHS, 1)
    ]


def _whose(planner: Planner, year: int, asked: str | None) -> list[Link]:
    """One's own year, those of one's regions and municipalities, and the one that is shown."""
    who: Viewer = viewer()
    regions, towns = groups_to_follow(who)
    own = who.organisations_as(*OWN_TOWN_ROLES)
    found: list[tuple[str, str, Values]] = [("Mijn overleggen", "year_planner", {})]
    found += [(region_called(each.name), "region_year", {"slug": each.slug}) for each in regions]
    found += [
        (each.name, "municipality_year", {"nis_code": each.nis_code or ""})
        for each in towns
        if each.id in own
    ]
    here = (planner.name, planner.endpoint, planner.values)
    if here not in found:
        found.append(here)
    return [
        Link(
            name,
            url_for(f"calendars.{endpoint}", **values, jaar=year, toon=asked),
            current=(name, endpoint, values) == here,
        )
        for name, endpoint, values in found
    ]


def _word(planner: Planner) -> Response:
    year = _year(planner)
    content = year_docx(planner.name, year, now=clock.now())
    return word_file(content, f"jaarkalender-{year.number}.docx")
