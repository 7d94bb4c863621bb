"""Describing a dossier, tying it to others, bringing a proposal elsewhere, and the list of themes.

What stands in a dossier is shown by ``start``, above the packages whose parts it threads.
"""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.dossiers import (
    NEW,
    DossierForm,
    OtherDossierForm,
    ThemeForm,
    dossier_data,
)
from overleg.agenda.models import Dossier, Proposal
from overleg.agenda.permissions import can_regroup, keeps_themes
from overleg.agenda.queries.dossiers import (
    all_themes,
    dossier_to_edit,
    dossiers_to_choose,
    is_told,
    possible_owners,
    proposals_of,
    related_dossiers,
    theme_by_id,
    themes_in_use,
)
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.dossiers import (
    add_theme,
    change_dossier,
    regroup_proposal,
    rename_theme,
    tie_dossiers,
    untie_dossiers,
)
from overleg.agenda.workflow.dossiers import remove_theme as remove
from overleg.db import session
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.organisations.viewer import Viewer
from overleg.web.access import requires, signed_in
from overleg.web.clock import now
from overleg.web.gone import gone_already

Page = str | tuple[str, int] | Response

blueprint.add_app_template_global(can_regroup)


def _editable(who: Viewer, dossier_id: str) -> Dossier:
    dossier, may_edit = dossier_to_edit(who, dossier_id)
    if not may_edit:
        raise Forbidden("Alleen de ondersteuners en de indieners wijzigen dit dossier.")
    return dossier


def _shown(dossier: Dossier) -> Response:
    return redirect(url_for("start.show_dossier", dossier_id=dossier.id))


@blueprint.route("/dossiers/<dossier_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_dossier(dossier_id: str) -> Page:
    """Describe a dossier again; a save that comes too late shows both texts."""
    who, person = actor()
    dossier = _editable(who, dossier_id)
    bodies = {proposal.body_id for proposal in proposals_of(who, dossier.id)}
    form = DossierForm(data=dossier_data(dossier))
    form.offer(dossier, possible_owners(who, bodies), all_themes())
    if form.validate_on_submit():
        revision = form.revision.data
        with form.refusals():
            change_dossier(dossier, form.content(), revision=revision, by=person, now=now())
            flash("Het dossier is bewaard.", "success")
            return _shown(dossier)
    page = render_template("dossiers/edit.html", dossier=dossier, form=form)
    return page, form.answer_status


@blueprint.route("/dossiers/<dossier_id>/verwant", methods=["GET", "POST"])
@signed_in
def tie_dossier(dossier_id: str) -> Page:
    """Say with which other dossier this one belongs."""
    who, person = actor()
    dossier = _editable(who, dossier_id)
    choices = dossiers_to_choose(who, but=dossier.id)
    form = OtherDossierForm()
    form.offer(choices)
    if form.validate_on_submit():
        other = next(each for each in choices if each.id == form.dossier_id.data)
        tie_dossiers(dossier, other, by=person, now=now())
        flash(f"Verwant met “{other.title}”.", "success")
        return _shown(dossier)
    page = render_template("dossiers/tie.html", dossier=dossier, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/dossiers/<dossier_id>/verwant/<other_id>/losmaken")
@signed_in
def untie_dossier(dossier_id: str, other_id: str) -> Response:
    """Say that this dossier does not belong with another one."""
    who, person = actor()
    dossier = _editable(who, dossier_id)
    other = next((each for each in related_dossiers(who, dossier.id) if each.id == other_id), None)
    if other is None:
        page = url_for("start.show_dossier", dossier_id=dossier.id)
        return gone_already("Dat dossier was al niet meer verwant.", page)
    untie_dossiers(dossier, other, by=person, now=now())
    flash(f"Niet langer verwant met “{other.title}”.", "success")
    return _shown(dossier)


@blueprint.app_template_global()
def dossier_name(who: Viewer, proposal: Proposal) -> str:
    """The title of a proposal's dossier, for who is told it through this proposal."""
    told = is_told(who, proposal.dossier, [proposal])
    return proposal.dossier.title if told else "Dossier van dit voorstel"


@blueprint.route("/voorstellen/<proposal_id>/dossier", methods=["GET", "POST"])
@signed_in
def regroup(proposal_id: str) -> Page:
    """Bring a proposal in another dossier, or in one of its own."""
    who, person = actor()
    proposal = get_proposal(who, proposal_id)
    if not can_regroup(who, proposal):
        raise Forbidden("Alleen de ondersteuners en de indiener kiezen het dossier.")
    choices = dossiers_to_choose(who, but=proposal.dossier_id)
    form = OtherDossierForm()
    form.offer(choices, with_new=len(proposals_of(who, proposal.dossier_id)) > 1)
    if form.validate_on_submit():
        to = next((each for each in choices if each.id == form.dossier_id.data), None)
        if to is None and form.dossier_id.data != NEW:
            raise NotFound
        dossier = regroup_proposal(proposal, to, by=person, now=now())
        flash(f"Het voorstel staat nu in het dossier “{dossier.title}”.", "success")
        return _shown(dossier)
    page = render_template("dossiers/regroup.html", proposal=proposal, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/beheer/themas", methods=["GET", "POST"])
@requires(keeps_themes)
def list_themes() -> Page:
    """The list of themes, with a form to add one."""
    form = ThemeForm()
    if form.validate_on_submit():
        try:
            theme = add_theme(form.name.data or "")
        except Refused as refused:
            form.refuse(form.name, str(refused))
        else:
            flash(f"Het thema “{theme.name}” staat op de lijst.", "success")
            return redirect(url_for("agenda.list_themes"))
    return _themes_page(form), form.answer_status


def _themes_page(form: ThemeForm, renamed: dict[str, ThemeForm] | None = None) -> str:
    """The page; ``renamed`` is the form of a theme that could not be called so, by its id."""
    return render_template(
        "dossiers/themes.html",
        themes=all_themes(),
        in_use=themes_in_use(),
        form=form,
        renamed=renamed or {},
    )


@blueprint.post("/beheer/themas/<theme_id>/naam")
@requires(keeps_themes)
def rename_one_theme(theme_id: str) -> Page:
    """Call a theme otherwise."""
    theme = theme_by_id(theme_id)
    form = ThemeForm(data={"revision": theme.revision, "name": theme.name})
    if form.validate():
        with form.refusals():
            rename_theme(theme, form.name.data or "", revision=form.revision.data)
            flash(f"Het thema heet nu “{theme.name}”.", "success")
            return redirect(url_for("agenda.list_themes"))
    return _themes_page(ThemeForm(formdata=None), {theme.id: form}), form.answer_status


@blueprint.post("/beheer/themas/<theme_id>/verwijderen")
@requires(keeps_themes)
def remove_theme(theme_id: str) -> Response:
    """Take a theme off the list."""
    here = url_for("agenda.list_themes")
    try:
        theme = theme_by_id(theme_id)
    except NotFound:
        return gone_already("Het thema was al van de lijst.", here)
    try:
        with session().begin_nested():
            remove(theme, in_use=theme.id in themes_in_use())
    except Refused as refused:
        flash(str(refused), "warning")
    else:
        flash(f"Het thema “{theme.name}” is van de lijst.", "success")
    return redirect(here)
