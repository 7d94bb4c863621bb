"""The inhabitants of every municipality at once, as the service's administrator loads them."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.coded import read_inhabitants
from overleg.decisions.pasted import Matched
from overleg.decisions.permissions import loads_inhabitants
from overleg.decisions.queries.choosing import all_municipalities
from overleg.decisions.release_forms import AllInhabitantsForm
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.inhabitants import load_all_inhabitants
from overleg.web import clock
from overleg.web.access import requires

Page = str | tuple[str, int] | Response
MOST_NAMED = 12
MOST_BYTES = 1_000_000


@blueprint.route("/beheer/inwoners", methods=["GET", "POST"])
@requires(loads_inhabitants)
def all_inhabitants() -> Page:
    """Load how many people live in each municipality, from a file of Statbel or a pasted table."""
    municipalities = all_municipalities()
    towns = [town for town in municipalities if town.valid_on(clock.today())]
    form = AllInhabitantsForm(data={"year": clock.today().year})
    matched = Matched()
    if form.validate_on_submit():
        text = _text(form)
        if not form.errors:
            matched = read_inhabitants(
                text, municipalities, clock.today(), take_suggested=form.take_suggested.data
            )
        for fault in matched.faults[:MOST_NAMED]:
            form.refuse(form.table if form.table.data else form.file, fault)
        if not form.errors:
            with form.refusals():
                load_all_inhabitants(
                    towns,
                    matched.numbers,
                    form.year.data or 0,
                    by=signed_in_person(),
                    now=clock.now(),
                )
                flash(f"Van {len(matched.numbers)} gemeenten is het aantal bewaard.", "success")
                return redirect(url_for("decisions.all_inhabitants"))
    page = render_template(
        "decisions/all_inhabitants.html",
        form=form,
        towns=towns,
        unknown=[town.name for town in towns if town.inhabitants is None],
        suggested=matched.suggested,
    )
    return page, form.answer_status


def _text(form: AllInhabitantsForm) -> str:
    """What was pasted, or else what the file says: in UTF-8, or as Excel on Windows writes it."""
    pasted: str = form.table.data or ""
    if pasted:
        return pasted
    file: FileStorage | None = request.files.get(form.file.name)
    blob = file.read(MOST_BYTES + 1) if file else b""
    if not blob:
        form.refuse(form.file, "Kies een bestand of plak een tabel.")
    elif len(blob) > MOST_BYTES or b"\0" in blob:
        form.refuse(
            form.file, "Dit is geen CSV-bestand met één regel per gemeente. Bewaar het als CSV."
        )
    if form.errors:
        return ""
    try:
        return blob.decode("utf-8-sig")
    except UnicodeDecodeError:
        return blob.decode("cp1252", "replace")
