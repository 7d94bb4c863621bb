"""The form for a new calendar address."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectChoice, SelectField

from overleg.organisations.models import Body
from overleg.web.forms import HouseForm

ALL = ""


class FeedForm(HouseForm):
    """For which body; empty for all of them."""

    body = SelectField("Voor welk overleg", default=ALL)

    def __init__(self, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.body.choices = [
            SelectChoice(ALL, "Al mijn overleggen"),
            *(SelectChoice(body.slug, body.name) for body in bodies),
        ]
