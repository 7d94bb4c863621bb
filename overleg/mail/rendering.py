"""Drawing the two texts of a mail from its templates."""

from collections.abc import Mapping

from jinja2 import Environment


def render_mail(
    environment: Environment, template: str, subject: str, context: Mapping[str, object]
) -> tuple[str, str]:
    """The plain text and the HTML of ``templates/mail/<template>``."""
    # Not render_template: a mail is no page, and a job that posts one has no visitor.
    plain, html = (
        environment.get_template(f"mail/{template}.{kind}")
        .render(subject=subject, **context)
        .strip()
        for kind in ("txt", "html")
    )
    return plain, html
