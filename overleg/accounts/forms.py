"""The forms of signing in and of one's own account; the names on the sign-in page are fixed."""

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length

from overleg.web.forms import LONGEST_LINE, HouseForm

NO_EMAIL = "Vul uw e-mailadres in."
NO_PASSWORD = "Vul uw wachtwoord in."  # noqa: S105 - a message
NO_NEW_PASSWORD = "Kies een wachtwoord."  # noqa: S105 - a message
TOO_LONG = "Dit is te lang."


class SignInForm(HouseForm):
    """Who are you, and can you prove it."""

    email = EmailField(
        "E-mailadres",
        validators=[DataRequired(NO_EMAIL), Length(max=LONGEST_LINE, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    wachtwoord = PasswordField(
        "Wachtwoord",
        validators=[DataRequired(NO_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class LinkForm(HouseForm):
    """Where a one-time link goes to."""

    email = EmailField(
        "E-mailadres",
        validators=[DataRequired(NO_EMAIL), Length(max=LONGEST_LINE, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )


class ButtonForm(HouseForm):
    """A form that only has a button."""


class NewPasswordForm(HouseForm):
    """A password to choose, typed twice."""

    new_password = PasswordField(
        "Nieuw wachtwoord",
        validators=[DataRequired(NO_NEW_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )
    repeated_password = PasswordField(
        "Herhaal het wachtwoord",
        validators=[
            DataRequired("Typ het wachtwoord nog eens."),
            EqualTo("new_password", message="De twee wachtwoorden zijn niet dezelfde."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password instead of the one of now."""

    current_password = PasswordField(
        "Huidig wachtwoord", render_kw={"autocomplete": "current-password"}
    )
