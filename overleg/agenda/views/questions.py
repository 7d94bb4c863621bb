"""The page on which support staff keep what their body wants answered in proposals."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.agenda.forms.questions import QuestionsForm
from overleg.agenda.queries.questions import templates_of
from overleg.agenda.states import ProposalKind
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.questions import AskedQuestion, keep_questions
from overleg.db import revision_of
from overleg.lib.errors import Forbidden
from overleg.organisations.queries.bodies import body_by_slug
from overleg.web.access import signed_in
from overleg.web.clock import now

GENERAL = "Elke rubriek zonder eigen vragen"


@blueprint.route("/overleg/<slug>/vragen", methods=["GET", "POST"])
@signed_in
def edit_questions(slug: str) -> str | tuple[str, int] | Response:
    """The questions for one kind (``?rubriek=``), or for every kind without its own."""
    who, person = actor()
    body = body_by_slug(who, slug)
    if not who.supports(body.id) or body.is_external:
        raise Forbidden("Alleen de ondersteuners van dit overleg houden de vragen bij.")
    asked_for = request.args.get("rubriek", "")
    kind = ProposalKind(asked_for) if asked_for in set(ProposalKind) else None
    templates = templates_of(body.id)
    own = templates.get(kind)
    kept = own.questions if own is not None else []
    form = QuestionsForm(data={"revision": revision_of(own)})
    if form.validate_on_submit():
        with form.refusals():
            changed = keep_questions(
                body, kind, form.asked, revision=form.revision.data, by=person, now=now()
            )
            flash("De vragen zijn bewaard." if changed else "Er veranderde niets.", "success")
            return redirect(request.full_path.rstrip("?"))
    form.offer(
        [
            AskedQuestion(question=row.question, hint=row.hint, is_required=row.is_required)
            for row in kept
        ]
    )
    page = render_template(
        "proposals/questions.html",
        body=body,
        form=form,
        kept=kept,
        kind=kind,
        filters=[
            {
                "label": each.label.capitalize() if each is not None else GENERAL,
                "url": url_for(
                    "agenda.edit_questions",
                    slug=body.slug,
                    **({"rubriek": each.value} if each is not None else {}),
                ),
                "current": each is kind,
                "count": len(templates[each].questions) if each in templates else 0,
            }
            for each in (None, *ProposalKind)
        ],
    )
    return page, form.answer_status
