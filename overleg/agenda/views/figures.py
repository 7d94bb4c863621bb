"""Cijfers: what the agendas of a body were made of, per year."""

from flask import render_template, request, url_for

from overleg.agenda.pictures import mix_of_functions, mix_of_kinds, time_asked_and_had, where_from
from overleg.agenda.queries.figures import meetings_of_year, points_of_year, years_with_agendas
from overleg.agenda.views.blueprint import blueprint
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.organisations.queries.bodies import body_by_slug
from overleg.web.access import signed_in, viewer
from overleg.web.navigation import Link


@blueprint.get("/overleg/<slug>/cijfers")
@signed_in
def show_figures(slug: str) -> str:
    """Pictures with a table under each, of what the reader may read (``?jaar=2026``)."""
    who = viewer()
    body = body_by_slug(who, slug)
    years = years_with_agendas(body)
    year = request.args.get("jaar", years[0] if years else 0, type=int)
    if years and year not in years:
        raise NotFound("Van dat jaar is er nog geen agenda verstuurd.")
    meetings = meetings_of_year(body, year)
    points = points_of_year(who, body, year)
    return render_template(
        "figures/show.html",
        body=body,
        year=year,
        years=[
            Link(
                str(each),
                url_for("agenda.show_figures", slug=body.slug, jaar=each),
                current=each == year,
            )
            for each in years
        ],
        meetings=meetings,
        count=sum(not point.is_fixed for point in points),
        reads_all=who.reach[body.id] is Circle.MAYORS,
        kinds=mix_of_kinds(meetings, points),
        functions=mix_of_functions(meetings, points),
        sources=where_from(points),
        time=time_asked_and_had(meetings, points),
    )
