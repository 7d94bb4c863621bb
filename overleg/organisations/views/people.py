"""People and roles under Beheer: list, invite, grant, close."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from overleg.accounts.models import Person
from overleg.accounts.queries import invited_at, person_by_email
from overleg.accounts.workflow import add_person, correct_person, enable_person, invite_person
from overleg.audit.queries import history_around
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.mail.addresses import coming_back
from overleg.mail.history import mail_about_account, sendings_about_account, with_mails
from overleg.mail.pages import sending_page
from overleg.organisations.forms import GrantForm, InviteForm, PersonDetailsForm, choices_of
from overleg.organisations.models import Body, Organisation, RoleAssignment
from overleg.organisations.permissions import can_close_account, can_manage_people
from overleg.organisations.queries import (
    Scope,
    find_people,
    managed_bodies,
    organisations_by_id,
    organisations_of_kind,
    person_to_manage,
    roles_of_person,
    scope_of,
    seats_of_person,
)
from overleg.organisations.states import BODY_ROLES, OrganisationKind, Role
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import as_choices, grouped_choices, me, viewer
from overleg.organisations.workflow import close_account, grant_role
from overleg.web import clock
from overleg.web.access import requires

Page = str | Response | tuple[str, int]
PER_PAGE = 50
MOST_PAGES = 10_000


@blueprint.get("/beheer/personen")
@requires(can_manage_people)
def list_people() -> Page:
    """Who is known in the bodies and organisations of who looks, with their present roles."""
    text = " ".join(request.args.get("zoek", "").split())[:100]
    page = max(1, min(request.args.get("pagina", 1, type=int), MOST_PAGES))
    people, total = find_people(
        scope_of(viewer()), text, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    roles = [role for role in roles_of_person(*people) if role.valid_on(clock.today())]
    return render_template(
        "organisations/list_people.html",
        people=people,
        roles={person.id: [r for r in roles if r.person_id == person.id] for person in people},
        comes_back=coming_back([person.email for person in people], now=clock.now()),
        total=total,
        text=text,
        page=page,
        pages=-(-total // PER_PAGE),
    )


@blueprint.route("/beheer/personen/nieuw", methods=["GET", "POST"], endpoint="invite_person")
@requires(can_manage_people)
def invite_person_page() -> Page:
    """Invite somebody, with a first role."""
    scope = scope_of(viewer())
    form = InviteForm(valid_from=clock.today())
    offered = _offer_places(form, scope)
    if form.validate_on_submit():
        with form.refusals():
            person = _known_or_added(form)
            _grant(form, person, scope, offered)
            told = f"{person.name} heeft de rol."
            if person.password_hash is None:
                _invite(person)
                told += f" De uitnodiging vertrekt naar {person.email}."
            flash(told, "success")
            return redirect(url_for("organisations.show_person", person_id=person.id))
    page = render_template("organisations/invite_person.html", form=form)
    return page, form.answer_status


def _invite(person: Person) -> None:
    """Mail an invitation that names the roles and seats of now and later."""
    today = clock.today()
    roles = [
        f"de rol {role.role.label} ({role.scope_label})"
        for role in roles_of_person(person)
        if role.valid_to is None or role.valid_to >= today
    ]
    seats = [
        f"een zetel in {seat.body.the_name}"
        for seat in seats_of_person(person)
        if seat.valid_to is None or seat.valid_to >= today
    ]
    invite_person(person, has=[*sorted(roles), *sorted(seats)], by=me(), now=clock.now())


def _known_or_added(form: InviteForm) -> Person:
    found = person_by_email(form.email.data or "")
    if found is not None:
        return found
    return add_person(form.name.data or "", form.email.data, by=me(), now=clock.now())


@blueprint.route("/beheer/personen/<person_id>", methods=["GET", "POST"])
@requires(can_manage_people)
def show_person(person_id: str) -> Page:
    """One person: roles and seats, and giving a role."""
    scope = scope_of(viewer())
    person = person_to_manage(scope, person_id)
    form = GrantForm(valid_from=clock.today())
    offered = _offer_places(form, scope)
    if form.validate_on_submit():
        with form.refusals():
            role = _grant(form, person, scope, offered)
            flash(f"{person.name} is nu {role.role.label} ({role.scope_label}).", "success")
            return redirect(url_for("organisations.show_person", person_id=person.id))
    return _person_page(person, form, scope), form.answer_status


def _person_page(person: Person, form: GrantForm, scope: Scope) -> str:
    today = clock.today()
    # Roles and seats elsewhere are not this viewer's business.
    roles = [
        role
        for role in roles_of_person(person)
        if scope.covers(role.role, role.body_id, role.organisation_id)
    ]
    running = [role for role in roles if role.valid_to is None or role.valid_to >= today]
    may_close = _may_close(person, scope)
    # When somebody signs in is for who keeps the account, not for everyone who invites them.
    kept = [person.id] if scope.everywhere or may_close else []
    return render_template(
        "organisations/show_person.html",
        person=person,
        comes_back=coming_back([person.email], now=clock.now()).get(person.email or ""),
        invited_at_utc=invited_at(person) if person.password_hash is None else None,
        form=form,
        running=running,
        ended=[role for role in roles if role not in running],
        seats=[
            seat
            for seat in seats_of_person(person)
            if scope.everywhere or seat.body_id in scope.body_ids
        ],
        may_close=may_close,
        entries=with_mails(
            history_around(person.id, own=kept, within=_known_places(scope), limit=40),
            sendings_about_account(person.id, folder=_mails_of(person)) if kept else [],
        ),
        today=today,
    )


@blueprint.get("/beheer/personen/<person_id>/mails/<message_id>")
@requires(can_manage_people)
def show_account_mail(person_id: str, message_id: str) -> str:
    """A mail about somebody's account as it was sent, for who keeps the account."""
    scope = scope_of(viewer())
    person = person_to_manage(scope, person_id)
    if not scope.everywhere and not _may_close(person, scope):
        raise NotFound("Deze mail bestaat niet.")
    return sending_page(
        mail_about_account(person.id, message_id),
        kicker=f"Mail over de account van {person.name}",
        back=url_for("organisations.show_person", person_id=person.id),
        folder=_mails_of(person),
    )


def _mails_of(person: Person) -> str:
    return url_for("organisations.show_person", person_id=person.id) + "/mails"


def _known_places(scope: Scope) -> frozenset[str] | None:
    """Where a role or a seat is the business of who looks; None for everywhere."""
    return None if scope.everywhere else scope.body_ids | scope.organisation_ids


def _may_close(person: Person, scope: Scope) -> bool:
    return person.id != viewer().person_id and _keeps(person, scope)


def _keeps(person: Person, scope: Scope) -> bool:
    """Whether every role and seat of the person is in scope: then the account is theirs to keep."""
    today = clock.today()
    places = [
        (role.role, role.body_id, role.organisation_id)
        for role in roles_of_person(person)
        if role.valid_to is None or role.valid_to >= today
    ]
    elsewhere = any(
        seat.body_id not in scope.body_ids
        for seat in seats_of_person(person)
        if seat.valid_to is None or seat.valid_to >= today
    )
    return can_close_account(scope, places) and (scope.everywhere or not elsewhere)


@blueprint.route("/beheer/personen/<person_id>/gegevens", methods=["GET", "POST"])
@requires(can_manage_people)
def edit_person(person_id: str) -> Page:
    """Correct somebody's name, and for who keeps the account the e-mail address."""
    scope = scope_of(viewer())
    person = person_to_manage(scope, person_id)
    may_change_email = _keeps(person, scope)
    kept = {"revision": person.revision, "name": person.name, "email": person.email or ""}
    form = PersonDetailsForm(data=kept)
    if not may_change_email:
        del form.email
    before = person.email
    if form.validate_on_submit():
        with form.refusals():
            correct_person(
                person,
                name=form.name.data or "",
                email=form.email.data if may_change_email else before,
                revision=form.revision.data,
                by=me(),
                now=clock.now(),
            )
            flash(_corrected(person, before), "success")
            return redirect(url_for("organisations.show_person", person_id=person.id))
    page = render_template(
        "organisations/edit_person.html",
        person=person,
        form=form,
        may_change_email=may_change_email,
    )
    return page, form.answer_status


def _corrected(person: Person, before: str | None) -> str:
    if person.email == before:
        return "De gegevens zijn bewaard."
    if before is None:
        return f"Bewaard. {person.name} kan nu een uitnodiging krijgen op {person.email}."
    return "Bewaard. Het oude en het nieuwe adres krijgen een mail; links van vroeger vervallen."


@blueprint.post("/beheer/personen/<person_id>/uitnodiging", endpoint="invite_again")
@requires(can_manage_people)
def invite_again_page(person_id: str) -> Page:
    """Mail a new invitation."""
    person = person_to_manage(scope_of(viewer()), person_id)
    _invite(person)
    flash(f"De uitnodiging voor {person.name} vertrekt naar {person.email}.", "success")
    return redirect(url_for("organisations.show_person", person_id=person.id))


@blueprint.post("/beheer/personen/<person_id>/account")
@requires(can_manage_people)
def switch_account(person_id: str) -> Page:
    """Close an account, or open it again."""
    scope = scope_of(viewer())
    person = person_to_manage(scope, person_id)
    if not _may_close(person, scope):
        raise Forbidden(
            "Deze persoon werkt ook elders. Alleen een beheerder kan de account sluiten."
        )
    if request.form.get("naar") == "open":
        enable_person(person, by=me(), now=clock.now())
        flash(f"De account van {person.name} is weer open.", "success")
    else:
        close_account(person, by=me(), now=clock.now())
        flash(f"De account van {person.name} is gesloten.", "success")
    return redirect(url_for("organisations.show_person", person_id=person.id))


Places = tuple[list[Body], list[Organisation]]


def _offer_places(form: GrantForm, scope: Scope) -> Places:
    """Fill the choices of a role and its place; returns the bodies and organisations offered."""
    bodies = list(managed_bodies(viewer()))
    organisations = list(
        organisations_of_kind(*OrganisationKind, on=clock.today())
        if scope.everywhere
        else organisations_by_id(scope.organisation_ids)
    )
    roles: Iterable[Role] = [
        role for role in Role if role is not Role.ADMINISTRATOR or scope.everywhere
    ]
    form.role.choices = choices_of(roles)
    form.body.choices = as_choices(bodies, none="niet in een overleg")
    form.organisation.choices = [
        SelectChoice("", "niet voor een organisatie"),
        *grouped_choices(organisations),
    ]
    return bodies, organisations


def _grant(form: GrantForm, person: Person, scope: Scope, offered: Places) -> RoleAssignment:
    role = Role(form.role.data)
    bodies, organisations = offered
    body = next((b for b in bodies if b.id == form.body.data), None)
    organisation = next((o for o in organisations if o.id == form.organisation.data), None)
    if role in BODY_ROLES and organisation is None and body is None:
        raise Refused(f"Kies in welk overleg {person.name} {role.label} is.")
    if not scope.covers(role, body.id if body else None, organisation.id if organisation else None):
        raise Refused("Kies een overleg of organisatie waar u deze rol mag geven.")
    return grant_role(
        person,
        role,
        body=body,
        organisation=organisation,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        by=me(),
        now=clock.now(),
    )
