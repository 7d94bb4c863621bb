"""Signing in and out, one-time links, invitations, and one's own account."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from overleg.accounts import workflow
from overleg.accounts.attempts import TooManyAttempts
from overleg.accounts.cleaning import forget_old_input
from overleg.accounts.forms import (
    ButtonForm,
    ChangePasswordForm,
    LinkForm,
    MailForm,
    NewPasswordForm,
    SignInForm,
)
from overleg.accounts.local_paths import local_path
from overleg.accounts.login import current_person, signed_in_person
from overleg.accounts.login import sign_in as begin_session
from overleg.accounts.login import sign_out as end_session
from overleg.accounts.models import SignInLink
from overleg.accounts.queries import link_by_token
from overleg.accounts.sending_once import take_in_once
from overleg.accounts.signing_in import answer_stale_token, take_kept_input
from overleg.accounts.states import LinkPurpose
from overleg.jobs.queue import daily, queue_of
from overleg.lib.errors import NotPossible, OverlegError, Refused
from overleg.mail.addresses import coming_back, keep_wishes, wishes_of
from overleg.mail.queries import count_waiting
from overleg.mail.states import MailState
from overleg.web import clock
from overleg.web.access import public, signed_in
from overleg.web.commits import keep_refused

blueprint = Blueprint("accounts", __name__)

TOO_MANY = TooManyAttempts.status
SIGNED_OUT = "U bent afgemeld."


@blueprint.route("/aanmelden", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with e-mail and password."""
    go_to = _go_to()
    if request.method == "GET" and current_person() is not None:
        return redirect(go_to or "/")
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        try:
            person = workflow.sign_in_with_password(
                form.email.data or "",
                form.wachtwoord.data or "",
                network=_network(),
                now=clock.now(),
            )
        except OverlegError as error:
            keep_refused()
            form.refuse(form.wachtwoord, str(error))
            status = error.status
        else:
            begin_session(person)
            return redirect(go_to or "/")
    elif form.is_submitted():
        status = 422
    page = render_template(
        "accounts/sign_in.html", form=form, go_to=go_to, offers_link=status == TOO_MANY
    )
    return page, status


@blueprint.route("/afmelden", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    """End this session; opening the page only asks."""
    if current_person() is None:
        return redirect(url_for("accounts.sign_in"))
    form = ButtonForm()
    if form.validate_on_submit():
        end_session()
        flash(SIGNED_OUT, "success")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/sign_out.html", form=form)


@blueprint.route("/aanmelden/link", methods=["GET", "POST"])
@public
def request_link() -> ResponseReturnValue:
    """Ask for a one-time link; the answer is the same whoever asks."""
    form = LinkForm()
    if form.validate_on_submit():
        workflow.ask_for_link(
            form.email.data or "", network=_network(), go_to=_go_to(), now=clock.now()
        )
        return redirect(url_for("accounts.link_requested"))
    status = 422 if form.is_submitted() else 200
    page = render_template("accounts/request_link.html", form=form, go_to=_go_to())
    return page, status


@blueprint.get("/aanmelden/link/gevraagd")
@public
def link_requested() -> ResponseReturnValue:
    """What to do after asking for a link."""
    return render_template("accounts/link_requested.html")


@blueprint.route("/aanmelden/link/<token>", methods=["GET", "POST"])
@public
def use_link(token: str) -> ResponseReturnValue:
    """Sign in with a one-time link; opening it uses nothing up, as mail scanners open links too."""
    link = link_by_token(token, LinkPurpose.SIGN_IN)
    if link is None or not workflow.is_open(link, now=clock.now()):
        return _spent(link, LinkPurpose.SIGN_IN)
    form = ButtonForm()
    if form.validate_on_submit():
        begin_session(workflow.sign_in_with_link(link, now=clock.now()))
        return redirect(_go_to() or "/")
    return render_template(
        "accounts/use_link.html", form=form, person=link.person, token=token, go_to=_go_to()
    )


@blueprint.route("/uitnodiging/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose the first password, and be signed in."""
    link = link_by_token(token, LinkPurpose.INVITATION)
    if link is None or not workflow.is_open(link, now=clock.now()):
        return _spent(link, LinkPurpose.INVITATION)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            person = workflow.accept_invitation(link, form.new_password.data or "", now=clock.now())
        except Refused as error:
            form.refuse(form.new_password, str(error))
        else:
            begin_session(person)
            flash("Welkom. Uw wachtwoord is bewaard en u bent aangemeld.", "success")
            return redirect("/")
    page = render_template(
        "accounts/accept_invitation.html", form=form, person=link.person, token=token
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def my_account() -> ResponseReturnValue:
    """One's own account: name, e-mail address, password, sessions."""
    person = signed_in_person()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            workflow.change_password(
                person,
                form.new_password.data or "",
                current=form.current_password.data,
                by=person,
                now=clock.now(),
            )
        except workflow.WrongPassword as error:
            form.refuse(form.current_password, str(error))
        except Refused as error:
            form.refuse(form.new_password, str(error))
        else:
            begin_session(person)
            flash("Uw wachtwoord is gewijzigd. Op andere toestellen bent u afgemeld.", "success")
            return redirect(url_for("accounts.my_account"))
    page = render_template("accounts/my_account.html", form=form, person=person)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/account/mail", methods=["GET", "POST"])
@signed_in
def mail_settings() -> ResponseReturnValue:
    """How one wants mail: at once or once a day, and when not."""
    email = signed_in_person().email
    if not email:
        raise NotPossible("Zonder e-mailadres krijgt u geen mails.")
    form = MailForm.of(wishes_of(email))
    if form.validate_on_submit():
        with form.refusals():
            keep_wishes(email, form.wishes, now=clock.now())
            flash("Bewaard. Vanaf nu krijgt u uw mails zo.", "success")
            return redirect(url_for("accounts.mail_settings"))
    waiting = count_waiting(email)
    page = render_template(
        "accounts/mail_settings.html",
        form=form,
        email=email,
        held=waiting[MailState.HELD],
        quiet=waiting[MailState.QUIET],
        comes_back=coming_back([email], now=clock.now()).get(email),
    )
    return page, form.answer_status


@blueprint.post("/account/overal-afmelden")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session, this one too."""
    person = signed_in_person()
    workflow.sign_out_everywhere(person, by=person, now=clock.now())
    end_session()
    flash("U bent op al uw toestellen afgemeld.", "success")
    return redirect(url_for("accounts.sign_in"))


def _spent(link: SignInLink | None, purpose: LinkPurpose) -> ResponseReturnValue:
    why = workflow.why_spent(link, now=clock.now())
    return render_template("accounts/link_spent.html", why=why, purpose=purpose), 410


def _go_to() -> str | None:
    return local_path(request.args.get("verder"))


def _network() -> str:
    return request.remote_addr or ""


def register(app: Flask) -> None:
    """Bind the pages, and what gives back to people what they typed."""
    app.register_blueprint(blueprint)
    app.before_request(take_kept_input)
    app.before_request(take_in_once)
    app.register_error_handler(CSRFError, answer_stale_token)
    queue_of(app).declare(
        "forget_old_input",
        forget_old_input,
        every=daily(hour_utc=2),
        does="Wist wat bij het aanmelden tijdelijk bewaard werd",
    )
