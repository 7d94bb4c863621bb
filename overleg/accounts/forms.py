"""The forms of signing in and of one's own account; the names on the sign-in page are fixed."""

from datetime import time

from wtforms import BooleanField, EmailField, PasswordField, SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, ValidationError

from overleg.lib.dates import format_time
from overleg.mail.states import Rhythm
from overleg.mail.wishes import Wishes
from overleg.web.fields import RadioField, SelectField
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


HOURS = [
    SelectChoice("", "geen"),
    *(SelectChoice(str(hour), format_time(time(hour))) for hour in range(24)),
]


class MailForm(HouseForm):
    """How somebody wants mail. Hours are those of Brussels."""

    rhythm = RadioField(
        "Hoe vaak wilt u mails?",
        choices=[
            SelectChoice(Rhythm.AT_ONCE.value, "Meteen, elke mail apart"),
            SelectChoice(Rhythm.DAILY.value, "Eén mail per dag, om 7.00 uur"),
        ],
        validators=[InputRequired("Kies hoe vaak u mails wilt.")],
    )
    quiet_from = SelectField("Geen mails vanaf", choices=HOURS)
    quiet_until = SelectField("Tot", choices=HOURS)
    quiet_weekends = BooleanField("Geen mails op zaterdag en zondag")

    def validate_quiet_until(self, field: SelectField) -> None:
        """Both hours, or none."""
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError("Kies twee uren, of laat beide op “geen” staan.")

    @classmethod
    def of(cls, wishes: Wishes) -> "MailForm":
        """The form as somebody last left it."""
        return cls(
            rhythm=wishes.rhythm.value,
            quiet_from=_hour_value(wishes.quiet_from),
            quiet_until=_hour_value(wishes.quiet_until),
            quiet_weekends=wishes.quiet_weekends,
        )

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(
            Rhythm(self.rhythm.data),
            _hour(self.quiet_from.data),
            _hour(self.quiet_until.data),
            bool(self.quiet_weekends.data),
        )


def _hour_value(hour: time | None) -> str:
    return str(hour.hour) if hour is not None else ""


def _hour(value: str | None) -> time | None:
    return time(int(value)) if value else None
