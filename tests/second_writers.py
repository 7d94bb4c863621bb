"""Two people who open one page and save it one after the other."""

from dataclasses import dataclass
from typing import Any

from tests.parsing import parse
from tests.reading import ReadingClient, filled_in, shown_forms


@dataclass
class Told:
    """What who saved second read, and the form as it stands on that page."""

    text: str
    form: dict[str, Any]


def form_at(html: str, field: str) -> dict[str, Any]:
    """What stands in the form of a page that has this field."""
    forms = [form for form in shown_forms(parse(html)) if field in filled_in(form)]
    return filled_in(forms[-1])


def save_second(
    two: list[ReadingClient],
    page: str,
    first: dict[str, Any],
    second: dict[str, Any],
    *,
    action: str | None = None,
) -> Told:
    """Both open the page, then save; ``action`` is where its form is sent, unless to the page.

    Who saves second is told, and so is who names no revision at all.
    """
    action, (field, *_more) = action or page, first
    opened = [form_at(client.get(page).text, field) for client in two]
    assert two[0].press(action, {**opened[0], **first}).status_code == 302
    late = two[1].press(action, {**opened[1], **second})
    assert late.status_code == 409, late.status_code
    without = {**opened[1], **second}
    del without["revision"]
    assert two[1].press(action, without).status_code == 409
    shown = form_at(late.text, field)
    back = {name: shown.get(name, "").strip() for name in second}
    assert back == second, "what was typed is lost"
    return Told(" ".join(" ".join(parse(late.text).itertext()).split()), shown)
