"""How a municipality wants its reports."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions.queries.follow_up import municipality_for
from overleg.lib.errors import Forbidden, NotFound
from overleg.reports import permissions
from overleg.reports.forms import SettingsForm
from overleg.reports.queries.reports import wishes_of
from overleg.reports.views.blueprint import blueprint
from overleg.reports.workflow.settings import change_settings
from overleg.web import clock
from overleg.web.access import signed_in, viewer


@blueprint.route("/gemeenten/<nis_code>/regiorapporten/instellingen", methods=["GET", "POST"])
@signed_in
def edit_settings(nis_code: str) -> str | tuple[str, int] | Response:
    """The day, the form and the introduction."""
    municipality = municipality_for(viewer(), nis_code)
    if not permissions.kinds_seen(viewer(), municipality):
        raise NotFound
    if not permissions.can_change_settings(viewer(), municipality):
        raise Forbidden("Dit stelt het secretariaat of de algemeen directeur van de gemeente in.")
    wishes = wishes_of([municipality.id])[municipality.id]
    form = SettingsForm(
        data={
            "ready_day": str(wishes.ready_day),
            "council_month": str(wishes.council_month),
            "form": wishes.form.value,
            "introduction_html": wishes.introduction_html,
            "revision": wishes.revision,
        }
    )
    if form.validate_on_submit():
        with form.refusals():
            change_settings(municipality, form.wishes(), by=signed_in_person(), now=clock.now())
            flash("Bewaard. Een rapport dat nog niet geschreven is, volgt dit al.", "success")
            return redirect(url_for("reports.municipality_reports", nis_code=nis_code))
    page = render_template("reports/settings.html", form=form, municipality=municipality)
    return page, form.answer_status
