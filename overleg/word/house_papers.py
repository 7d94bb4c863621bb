"""Our own templates: how an agenda and a verslag are built up; proposals have a module apart.

Each function makes one template; `house/*.docx` are what they make, and a secretariat may take
those and change them in Word. The tags are Jinja, as docxtpl reads it: `{%p ... %}` takes its
whole paragraph away, `{%tr ... %}` its whole row.
"""

from docx.document import Document
from docx.shared import Cm

from overleg.word.contexts import PaperKind
from overleg.word.house_follow_up import position_letter_template, standing_template
from overleg.word.house_report import region_report_template
from overleg.word.house_style import house_document
from overleg.word.house_year import year_template
from overleg.word.municipal_papers import municipal_template
from overleg.word.styles import CLOSING, META, NOTICE, OUTCOME
from overleg.word.template_writer import ANNEX, TemplateWriter

_PEOPLE = (
    "{{% for person in {0} %}}{{{{ person.name }}}}"
    "{{% if person.function %}} ({{{{ person.function }}}}){{% endif %}}"
    "{{% if person.remark %}}, {{{{ person.remark }}}}{{% endif %}}"
    "{{% if not loop.last %}}; {{% endif %}}{{% endfor %}}"
)
_MEETING_TITLE = "{0}{{% if meeting_number %}} vergadering {{{{ meeting_number }}}}{{% endif %}}"


def agenda_template() -> Document:
    """The agenda of one meeting."""
    document = house_document("Agenda")
    paper = TemplateWriter(document)
    paper.text("{{ body_name }}", "Subtitle")
    paper.text(_MEETING_TITLE.format("Agenda"), "Title")
    paper.when("not sent_on", lambda: paper.text("ONTWERP – nog niet verzonden", NOTICE))
    paper.detail("Datum", "{{ date }}")
    paper.detail("Uur", "{{ hours }}")
    paper.detail("Plaats", "{{ place }}", "place")
    paper.detail("Online", "{{ link(online_link) }}", "online_link")
    paper.detail("Uitgenodigd", _PEOPLE.format("invited"), "invited")
    paper.detail("Verontschuldigd", _PEOPLE.format("excused"), "excused")
    paper.detail("Bestemd voor", "{{ circle }}")
    paper.detail(
        "Versie", "{% if version %}{{ version }}, {% endif %}verzonden op {{ sent_on }}", "sent_on"
    )
    paper.when("items", lambda: _agenda_items(paper))
    return document


def _agenda_items(paper: TemplateWriter) -> None:
    paper.text("Overzicht", "Heading 1")
    paper.table(
        ("item in items",),
        (
            ("Nr.", "{{ item.number }}", Cm(1.1)),
            (
                "Punt",
                "{{ item.title }}{% if item.remark %} ({{ item.remark }}){% endif %}",
                Cm(6.5),
            ),
            ("Indiener", "{{ item.submitter }}", Cm(3.5)),
            ("Gevraagd", "{{ item.asked }}", Cm(2.9)),
            ("Uur", "{{ item.time }}", Cm(2)),
        ),
        title="Overzicht van de agenda",
        description="Per agendapunt het nummer, de titel, de indiener, wat gevraagd is en het uur.",
    )
    paper.text("Agendapunten", "Heading 1")
    paper.each(
        "item in items",
        lambda: paper.when("item.section", lambda: paper.text("{{ item.section }}", "Heading 1")),
        lambda: paper.text("{{ item.number }}. {{ item.title }}", "Heading 2"),
        lambda: paper.when(
            "item.submitter or item.asked or item.time or item.minutes or item.remark",
            lambda: paper.text(
                "{{ [item.remark, item.submitter, item.asked, item.time, item.minutes]"
                "|select|join(' · ') }}",
                META,
            ),
        ),
        lambda: paper.text("{{ richtext(item.explanation_html, 3) }}"),
        lambda: paper.when(
            "item.annexes",
            lambda: _strong(paper, "Bijlagen"),
            lambda: paper.each("annex in item.annexes", lambda: paper.text(ANNEX, "List Bullet")),
        ),
    )


def _strong(paper: TemplateWriter, words: str) -> None:
    paragraph = paper.text("")
    paragraph.add_run(words, "Strong")
    paragraph.paragraph_format.keep_with_next = True


def minutes_template() -> Document:
    """The verslag of one meeting."""
    document = house_document("Verslag")
    paper = TemplateWriter(document)
    paper.text("{{ body_name }}", "Subtitle")
    paper.text(_MEETING_TITLE.format("Verslag"), "Title")
    paper.when("is_draft", lambda: paper.text("ONTWERP – nog niet goedgekeurd", NOTICE))
    paper.detail("Datum", "{{ date }}")
    paper.detail("Uur", "{{ hours }}")
    paper.detail("Plaats", "{{ place }}", "place")
    paper.detail("Voorzitter", "{{ chair }}", "chair")
    paper.detail("Verslaggever", "{{ writer }}", "writer")
    paper.detail("Bestemd voor", "{{ circle }}")
    paper.detail("Goedgekeurd op", "{{ approved_on }}", "approved_on and not is_draft")
    paper.when(
        "present or replaced or excused or absent or guests",
        lambda: paper.text("Aanwezigheden", "Heading 1"),
        lambda: paper.detail("Aanwezig", _PEOPLE.format("present"), "present"),
        lambda: paper.detail("Vervangen", _PEOPLE.format("replaced"), "replaced"),
        lambda: paper.detail("Verontschuldigd", _PEOPLE.format("excused"), "excused"),
        lambda: paper.detail("Afwezig", _PEOPLE.format("absent"), "absent"),
        lambda: paper.detail("Gasten", _PEOPLE.format("guests"), "guests"),
    )
    paper.when("items", lambda: _minutes_items(paper))
    paper.when(
        "next_meeting",
        lambda: paper.text("Volgende vergadering", "Heading 1"),
        lambda: paper.text("{{ next_meeting }}"),
    )
    return document


def _minutes_items(paper: TemplateWriter) -> None:
    paper.text("Besproken punten", "Heading 1")
    paper.each(
        "item in items",
        lambda: paper.when("item.section", lambda: paper.text("{{ item.section }}", "Heading 1")),
        lambda: paper.text("{{ item.number }}. {{ item.title }}", "Heading 2"),
        lambda: paper.when(
            "item.submitter or item.asked",
            lambda: paper.text("{{ [item.submitter, item.asked]|select|join(' · ') }}", META),
        ),
        lambda: paper.text("{{ richtext(item.discussion_html, 3) }}"),
        lambda: paper.each("outcome in item.outcomes", lambda: _outcome(paper)),
    )
    paper.when(
        "items|map(attribute='outcomes')|select|list",
        lambda: paper.text("Lijst van uitkomsten", "Heading 1"),
        lambda: _outcomes_table(paper),
    )


def _outcome(paper: TemplateWriter) -> None:
    head = (
        "{{ outcome.kind|capitalize }}"
        "{% if not outcome.is_of_point %}: {{ outcome.title }}{% endif %}"
    )
    paper.text("{%p if outcome.text_html or outcome.concerned or outcome.due %}")
    paper.text(head, OUTCOME).paragraph_format.keep_with_next = True
    paper.text("{%p else %}")
    paper.text(head, OUTCOME)
    paper.text("{%p endif %}")
    paper.text("{{ richtext(outcome.text_html, 3) }}")
    paper.when(
        "outcome.concerned or outcome.due",
        lambda: paper.text(
            "{% if outcome.concerned %}Voor: {{ outcome.concerned }}{% endif %}"
            "{% if outcome.concerned and outcome.due %} · {% endif %}"
            "{% if outcome.due %}Tegen: {{ outcome.due }}{% endif %}",
            CLOSING,
        ),
    )


def _outcomes_table(paper: TemplateWriter) -> None:
    paper.table(
        ("item in items", "outcome in item.outcomes"),
        (
            ("Punt", "{{ item.number }}", Cm(1.2)),
            ("Uitkomst", "{{ outcome.title }}", Cm(6.2)),
            ("Soort", "{{ outcome.kind }}", Cm(2.5)),
            ("Voor wie", "{{ outcome.concerned }}", Cm(3.6)),
            ("Tegen", "{{ outcome.due }}", Cm(2.5)),
        ),
        title="Lijst van uitkomsten",
        description="Per uitkomst het agendapunt, de titel, de soort, voor wie en tegen wanneer.",
    )


def house_template(kind: PaperKind) -> Document:
    """Our own template for this kind of paper."""
    own = {
        PaperKind.AGENDA: agenda_template,
        PaperKind.MINUTES: minutes_template,
        PaperKind.REGION_REPORT: region_report_template,
        PaperKind.STANDING: standing_template,
        PaperKind.POSITION_LETTER: position_letter_template,
        PaperKind.YEAR: year_template,
    }
    return own[kind]() if kind in own else municipal_template(kind)
