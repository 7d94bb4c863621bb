"""The calendars of the legal duty: of one municipality, and of a region."""

from typing import Any

from flask import render_template, request, url_for

from overleg.decisions.queries.follow_up import municipality_for
from overleg.lib.errors import NotFound
from overleg.organisations.permissions import supports_group
from overleg.organisations.queries.organisations import members_of, region_by_slug
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.reports import permissions
from overleg.reports.calendar import row_of
from overleg.reports.periods import periods_of_year
from overleg.reports.queries.reports import (
    cells_of_region,
    reports_of,
    unplaced_reports_of,
    years_with_reports,
)
from overleg.reports.states import ReportKind, Standing
from overleg.reports.views.blueprint import blueprint
from overleg.web import clock
from overleg.web.access import requires, signed_in, viewer
from overleg.web.navigation import Link


def supports_a_body(who: Viewer) -> bool:
    """Support staff of any body; of which region is asked by the page."""
    return bool(who.bodies_as(Role.SUPPORT))


@blueprint.get("/gemeenten/<nis_code>/regiorapporten")
@signed_in
def municipality_reports(nis_code: str) -> str:
    """The twelve months and two halves of a year; on top what is to be placed of any year."""
    who, today = viewer(), clock.today()
    municipality = municipality_for(who, nis_code)
    kinds = permissions.kinds_seen(who, municipality)
    if not kinds:
        raise NotFound
    years = years_with_reports([municipality.id], today)
    year = _chosen(years)
    found = reports_of(municipality, kinds, year)
    row = row_of(
        municipality,
        year,
        {(report.organisation_id, report.period): report for report in found},
        today=today,
        kinds=kinds,
    )
    return render_template(
        "reports/municipality.html",
        municipality=municipality,
        row=row,
        kinds=kinds,
        asking=unplaced_reports_of(municipality, kinds),
        standings=[each for each in Standing if each in {cell.standing for cell in row.cells}],
        year=year,
        years=_links("reports.municipality_reports", years, year, nis_code=nis_code),
        today=today,
        may_open=ReportKind.COLLEGE in kinds,
        works=permissions.can_work_on(who, municipality),
        can_change_settings=permissions.can_change_settings(who, municipality),
    )


@blueprint.get("/regios/<slug>/regiorapporten")
@requires(supports_a_body)
def region_reports(slug: str) -> str:
    """All municipalities of a region in one picture, for its support staff."""
    who, today = viewer(), clock.today()
    region = region_by_slug(slug)
    if not supports_group(who, region):
        raise NotFound
    towns = members_of(region, today)
    years = years_with_reports([town.id for town in towns], today)
    year = _chosen(years)
    cells = cells_of_region([town.id for town in towns], year)
    return render_template(
        "reports/region.html",
        region=region,
        rows=[row_of(town, year, cells, today=today) for town in towns],
        periods=periods_of_year(year),
        standings=list(Standing),
        year=year,
        years=_links("reports.region_reports", years, year, slug=slug),
    )


def _chosen(years: list[int]) -> int:
    year = request.args.get("jaar", years[0], type=int)
    if year not in years:
        raise NotFound
    return year


def _links(endpoint: str, years: list[int], chosen: int, **values: Any) -> list[Link]:
    return [
        Link(str(year), url_for(endpoint, jaar=year, **values), current=year == chosen)
        for year in years
    ]
