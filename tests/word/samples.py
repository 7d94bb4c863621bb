"""Papers as the features fill them, with real topics."""

from dataclasses import replace
from datetime import UTC, datetime

from overleg.word.contexts import (
    AgendaPaper,
    AgendaPaperAnnex,
    AgendaPaperItem,
    AttendancePaper,
    MinutesPaper,
    MinutesPaperItem,
    MinutesPaperOutcome,
    MunicipalProposalPaper,
    PaperKind,
    RegionReportPaper,
)
from overleg.word.sample_papers import MUNICIPAL_SAMPLES

NOW = datetime(2026, 11, 5, 15, 30, tzinfo=UTC)

MAYORS = tuple(
    AttendancePaper(name=name, function=f"burgemeester {place}")
    for name, place in (
        ("An Peeters", "Ardooie"),
        ("Bert Claes", "Hooglede"),
        ("Chris Maes", "Ingelmunster"),
        ("Dirk Wouters", "Izegem"),
        ("Els Goossens", "Moorslede"),
        ("Frank Jacobs", "Roeselare"),
    )
)
EXCUSED = (
    AttendancePaper(
        name="Greet Mertens",
        function="burgemeester Tielt",
        remark="vervangen door de eerste schepen",
    ),
)

SKATE_HTML = (
    "<p>Het <strong>bovenlokaal sportinfrastructuurplan</strong> noemt een skeelerparcours als "
    "<em>quick win</em>. Drie gemeenten stellen een terrein voor.</p>"
    "<h3>Wat we vragen</h3>"
    "<ol><li>Akkoord over de criteria:<ul><li>bereikbaar met de fiets</li>"
    "<li>minstens 2 hectare</li></ul></li><li>Keuze van het terrein</li>"
    "<li>Verdeling van de kosten</li></ol>"
    "<p>De stappen daarna:</p><ol><li>Ontwerp</li><li>Vergunning</li></ol>"
    "<blockquote><p>Een parcours dat elke gemeente ook echt gebruikt.</p></blockquote>"
    '<p>Meer op <a href="https://www.dvvmidwest.be/?a=1&amp;b=2">de website</a>.</p>'
)
ENERGY_HTML = (
    "<p>De energiestrategie werd in september voorgelegd aan alle colleges. De opmerkingen zijn "
    "verwerkt; de tekst ligt nu voor ter afspraak.</p>"
)

AGENDA = AgendaPaper(
    title="Agenda Midwestoverleg, 13 november 2026",
    author="DVV Midwest",
    body_name="Burgemeestersoverleg Midwest",
    meeting_number="12",
    date="vrijdag 13 november 2026",
    hours="9.30 tot 11.30 uur",
    place="Peter Benoitstraat 13, Roeselare",
    online_link="https://vergadering.example/midwest-12",
    circle="burgemeesters",
    version="A",
    sent_on="5 november 2026",
    invited=MAYORS,
    excused=EXCUSED,
    items=(
        AgendaPaperItem(
            number="1",
            title="Goedkeuring verslag van 9 oktober 2026",
            submitter="Voorzitter",
            asked="ter goedkeuring",
            minutes="5 minuten",
            time="9.30 uur",
            annexes=(AgendaPaperAnnex(name="Verslag 9 oktober 2026", detail="docx, 84 kB"),),
        ),
        AgendaPaperItem(
            number="2",
            title="Skeelerparcours: keuze van het terrein en verdeling van de kosten",
            submitter="Burgemeester Roeselare",
            asked="ter beslissing",
            minutes="30 minuten",
            time="9.35 uur",
            explanation_html=SKATE_HTML,
            annexes=(
                AgendaPaperAnnex(
                    name="Locatieonderzoek.pdf",
                    detail="pdf, 1,2 MB",
                    url="https://overleg.example/bijlagen/a1",
                ),
                AgendaPaperAnnex(name="Kostenraming.xlsx", detail="xlsx, 40 kB"),
            ),
            remark="dringend punt",
        ),
        AgendaPaperItem(
            number="4",
            title="Regionale energiestrategie",
            submitter="DVV Midwest",
            asked="ter bespreking",
            minutes="20 minuten",
            time="10.05 uur",
            explanation_html=ENERGY_HTML,
        ),
        AgendaPaperItem(number="5", title="Varia", time="11.15 uur"),
    ),
)

OUTCOME = MinutesPaperOutcome(
    kind="afspraak",
    title="Skeelerparcours op het terrein in Izegem",
    text_html="<p>De gemeenten delen de kosten per inwoner. Izegem is trekker:</p>"
    "<ul><li>legt het ontwerp voor in januari</li><li>bezorgt de tekst aan alle colleges</li></ul>",
    concerned="colleges van alle gemeenten",
    due="1 maart 2027",
)

MINUTES = MinutesPaper(
    title="Verslag Midwestoverleg, 13 november 2026",
    author="DVV Midwest",
    body_name="Burgemeestersoverleg Midwest",
    meeting_number="12",
    date="vrijdag 13 november 2026",
    hours="9.30 tot 11.25 uur",
    place="Peter Benoitstraat 13, Roeselare",
    chair="Burgemeester Roeselare",
    writer="Ondersteuner Midwest",
    circle="burgemeesters",
    is_draft=True,
    present=MAYORS,
    replaced=EXCUSED,
    absent=(AttendancePaper(name="Hilde Aerts", function="burgemeester Wingene"),),
    guests=(AttendancePaper(name="Ivo Smets", function="directeur WVI", remark="voor punt 2"),),
    items=(
        MinutesPaperItem(
            number="1",
            title="Goedkeuring verslag van 9 oktober 2026",
            discussion_html="<p>Het verslag is goedgekeurd zonder opmerkingen.</p>",
        ),
        MinutesPaperItem(
            number="2",
            title="Skeelerparcours: keuze van het terrein en verdeling van de kosten",
            submitter="Burgemeester Roeselare",
            asked="ter beslissing",
            discussion_html="<p>De WVI licht het locatieonderzoek toe. Drie terreinen voldoen.</p>"
            "<p>Moorslede vraagt dat het parcours ook <strong>'s avonds</strong> open is.</p>",
            outcomes=(OUTCOME,),
        ),
        MinutesPaperItem(
            number="4",
            title="Regionale energiestrategie",
            submitter="DVV Midwest",
            asked="ter bespreking",
            discussion_html=ENERGY_HTML,
            outcomes=(
                MinutesPaperOutcome(
                    kind="standpunt", title="De regio vraagt een vast aanspreekpunt bij Fluvius"
                ),
                MinutesPaperOutcome(kind="uitgesteld", title="Verdeling van de middelen"),
            ),
        ),
    ),
    next_meeting="vrijdag 11 december 2026, 9.30 uur, Roeselare",
)

PROPOSAL = MunicipalProposalPaper(
    kind=PaperKind.COLLEGE_PROPOSAL,
    title="Skeelerparcours Midwest – goedkeuring",
    author="DVV Midwest",
    government="Stad Tielt",
    organ="College van burgemeester en schepenen",
    session="maandag 23 november 2026",
    dossier_number="MW-2026-031",
    submitter="Burgemeester Tielt",
    openness="Niet-openbare zitting",
    subject="Bovenlokaal skeelerparcours Midwest",
    summary_html="<p>De burgemeesters van Midwest spraken af om samen één skeelerparcours aan te "
    "leggen in Izegem. Het college wordt gevraagd deze afspraak goed te keuren.</p>",
    background_html="<p>Het burgemeestersoverleg van 13 november 2026 besprak het punt.</p>",
    competence_html="<p>Decreet lokaal bestuur van 22 december 2017, artikel 56.</p>",
    regulation_html="<ul><li>Wet van 29 juli 1991 over de uitdrukkelijke motivering</li>"
    "<li>Regiodecreet van 3 februari 2023, artikel 8</li></ul>",
    facts_html="<p>Drie terreinen werden onderzocht:</p><ol><li>Izegem, Kachtemsestraat</li>"
    "<li>Roeselare, Schierveld</li><li>Tielt, Europahal</li></ol>",
    advice_html="<p>Gunstig advies van de sportraad van 2 november 2026.</p>",
    finance_html="<p>Aandeel van Tielt: 18.450 euro, raming 2027, actie 4.2.1.</p>",
    visa="2026-118, verleend op 16 november 2026",
    articles=(
        "<p>Het college keurt de afspraak over het skeelerparcours goed.</p>",
        (
            "<p>Het college keurt zijn aandeel goed, op voorwaarde dat:</p>"
            "<ol><li>alle gemeenten deelnemen</li><li>het parcours ook 's avonds open is</li></ol>"
        ),
        "<p>Een afschrift gaat naar DVV Midwest.</p>",
    ),
    annexes=(AgendaPaperAnnex(name="Locatieonderzoek.pdf", detail="pdf, 1,2 MB"),),
)

BARE_PROPOSAL = MunicipalProposalPaper(
    kind=PaperKind.COUNCIL_PROPOSAL,
    title="Energiestrategie – kennisname",
    author="DVV Midwest",
    government="Gemeente Ardooie",
    organ="Gemeenteraad",
    subject="Regionale energiestrategie",
    asked="kennisname",
    articles=("<p>De gemeenteraad neemt kennis van de regionale energiestrategie.</p>",),
)

REPORT, QUIET_REPORT = (
    replace(paper, author="DVV Midwest")
    for paper in MUNICIPAL_SAMPLES[PaperKind.REGION_REPORT]
    if isinstance(paper, RegionReportPaper)
)
