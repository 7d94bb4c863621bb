"""The follow-up: outcomes by municipalities."""

from flask import render_template, request, url_for

from overleg.decisions.queries.follow_up import cells_of_outcomes, released_outcomes
from overleg.decisions.standing import build_matrix
from overleg.decisions.views.blueprint import blueprint
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body
from overleg.organisations.queries.bodies import bodies
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.navigation import Link

PAGE_SIZE = 20
MOST_PAGES = 10_000


@blueprint.get("/opvolging")
@signed_in
def matrix() -> str:
    """One look tells who is late."""
    own = [body for body in bodies(viewer()) if not body.is_external]
    body = _chosen(own, request.args.get("overleg", ""))
    only_open = request.args.get("toon") == "open"
    page = max(1, min(request.args.get("pagina", 1, type=int), MOST_PAGES))
    outcomes, has_more = (
        released_outcomes(viewer(), body.id, only_open=only_open, page=page, page_size=PAGE_SIZE)
        if body
        else ([], False)
    )
    cells = cells_of_outcomes(outcomes)
    built = build_matrix(outcomes, cells, clock.today())
    return render_template(
        "decisions/matrix.html",
        body=body,
        body_name=body.name if body else None,
        body_choices=[
            Link(one.call_name, _address(one, only_open), current=one is body) for one in own
        ],
        show_choices=[
            Link("Alles", _address(body, False), current=not only_open),
            Link("Nog niet afgerond", _address(body, True), current=only_open),
        ],
        matrix=built,
        columns=[
            Link(name, url_for("decisions.show_municipality", nis_code=nis_code))
            for name, nis_code in built.municipalities
        ],
        today=clock.today(),
        page=page,
        has_more=has_more,
        only_open=only_open,
    )


def _chosen(own: list[Body], slug: str) -> Body | None:
    if not slug:
        return own[0] if own else None
    for body in own:
        if body.slug == slug:
            return body
    raise NotFound


def _address(body: Body | None, only_open: bool) -> str:
    return url_for(
        "decisions.matrix",
        overleg=body.slug if body else None,
        toon="open" if only_open else None,
    )
