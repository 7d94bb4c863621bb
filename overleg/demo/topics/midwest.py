"""Topics of the Midwestoverleg."""

from overleg.agenda.states import ProposalFunction, ProposalKind
from overleg.demo.topics import (
    ADVICE,
    AGREED,
    DECIDE,
    DISCUSS,
    LATER,
    NOTE,
    NOTED,
    POSITION,
    Stage,
    Topic,
)
from overleg.documents.states import Circle

TOPICS = (
    Topic(
        "Bovenlokaal sportinfrastructuurplan",
        "dvv-midwest",
        "De sportdiensten brachten samen in kaart welke zwembaden, sporthallen en terreinen de "
        "regio heeft en waar de wachtlijsten zitten. Het plan kiest voor gedeelde infrastructuur.",
        (
            Stage(
                "Eerste lezing",
                DISCUSS,
                "De burgemeesters vinden de inventaris sterk. Ze vragen om de reistijd vanuit elke "
                "kern toe te voegen en om de kost van renovatie naast die van nieuwbouw te zetten.",
                NOTED,
                "Het overleg neemt kennis van de inventaris en verwacht een versie met reistijden.",
            ),
            Stage(
                "Vaststelling",
                DECIDE,
                "De reistijden zijn toegevoegd. Enkele besturen willen de verdeelsleutel van het "
                "zwembad apart bespreken; over het plan zelf is iedereen het eens.",
                AGREED,
                "Alle colleges keuren het bovenlokaal sportinfrastructuurplan goed als kader voor "
                "hun eigen investeringen.",
            ),
        ),
        function=ProposalFunction.POLICY,
        minutes=20,
    ),
    Topic(
        "Skeelerparcours als eerste realisatie",
        "roeselare",
        "Uit het sportplan komt een skeelerparcours naar voren dat snel kan: de grond is er, het "
        "ontwerp ligt klaar en de clubs willen mee betalen.",
        (
            Stage(
                "Samenwerkingsovereenkomst",
                DECIDE,
                "Roeselare stelt het ontwerp voor. De clubs dragen een vijfde van de kost. De "
                "besturen vragen een vast bedrag per inwoner en een onderhoudsplan van tien jaar.",
                AGREED,
                "De colleges en gemeenteraden keuren de samenwerkingsovereenkomst goed; de bijdrage "
                "is een vast bedrag per inwoner.",
            ),
        ),
        minutes=15,
    ),
    Topic(
        "Regionale energiestrategie",
        "dvv-midwest",
        "De strategie bundelt warmteplannen, zonnedelen en energiegemeenschappen tot één aanpak "
        "voor de regio, met doelen per jaar.",
        (
            Stage(
                "Toelichting",
                NOTE,
                "De studie toont dat de helft van de besparing in bestaande woningen zit. Vooral de "
                "kleinere besturen vragen ondersteuning bij de renovatiecoaches.",
                NOTED,
                "Het overleg neemt kennis van de studie.",
            ),
            Stage(
                "Bespreking van de doelen",
                DISCUSS,
                "De doelen voor zonnedelen gaan voor enkele besturen te snel. Afgesproken wordt om "
                "per gemeente een groeipad te maken.",
                LATER,
                "De bespreking gaat voort zodra de groeipaden er zijn.",
            ),
            Stage(
                "Goedkeuring",
                DECIDE,
                "De groeipaden zijn in elk college besproken. Het overleg is het eens over de tekst "
                "en over één gezamenlijke monitoring per jaar.",
                AGREED,
                "Alle colleges en gemeenteraden keuren de regionale energiestrategie goed.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
        function=ProposalFunction.POLICY,
        minutes=25,
    ),
    Topic(
        "Vrachtverkeer door de dorpskernen",
        "wingene",
        "Vrachtwagens rijden op aanraden van hun navigatie door de kernen. Een regionaal netwerk "
        "met gelijke borden en trajectcontrole kan dat keren.",
        (
            Stage(
                "Probleemstelling",
                DISCUSS,
                "Elke burgemeester herkent het. De politiezones willen meewerken aan metingen op "
                "twaalf punten.",
                NOTED,
                "Er komen metingen op twaalf punten; de resultaten komen terug op het overleg.",
            ),
            Stage(
                "Regionaal netwerk",
                DECIDE,
                "De metingen bevestigen het beeld. Over drie verbindingen is nog overleg nodig met "
                "het gewest.",
                POSITION,
                "De besturen vragen het gewest samen om het vrachtroutenetwerk van Midwest over te "
                "nemen in zijn eigen plannen.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
    ),
    Topic(
        "Gedeelde preventieadviseur",
        "izegem",
        "Kleine besturen vinden geen preventieadviseur. Een gedeelde dienst met vaste dagen per "
        "bestuur is goedkoper en zekerder.",
        (
            Stage(
                "Voorstel van formule",
                DECIDE,
                "Negen besturen stappen meteen in. De andere houden hun eigen adviseur tot het "
                "contract afloopt.",
                AGREED,
                "De colleges beslissen of en vanaf wanneer ze instappen in de gedeelde dienst.",
            ),
            Stage(
                "Evaluatie na zes maanden",
                NOTE,
                "De dienst draait op volle kracht. De vaste dagen werken goed; de vraag naar "
                "opleiding is groter dan gedacht.",
                NOTED,
                "Het overleg neemt kennis van de evaluatie.",
            ),
        ),
        kind=ProposalKind.STEERING,
        circle=Circle.ADMINISTRATIONS,
    ),
    Topic(
        "Opvang van Oekraïense ontheemden",
        "tielt",
        "De noodwoningen lopen af. De vraag is hoe de regio de verlenging verdeelt.",
        (
            Stage(
                "Stand van zaken",
                DISCUSS,
                "De bezetting daalt licht. De besturen wisselen uit wie plaatsen vrij heeft en wie "
                "begeleiding zoekt.",
                NOTED,
                "Wie plaatsen vrij heeft, meldt dat maandelijks aan DVV Midwest.",
            ),
        ),
        kind=ProposalKind.INFORMATION,
        function=ProposalFunction.EXCHANGE,
        circle=Circle.MAYORS,
        minutes=10,
    ),
    Topic(
        "Waterbom en peilbeheer",
        "dvv-midwest",
        "Na de natte winter werkten de technische diensten een gezamenlijk draaiboek uit voor "
        "wateroverlast, met één meldpunt.",
        (
            Stage(
                "Draaiboek wateroverlast",
                DECIDE,
                "Het draaiboek sluit aan bij dat van de hulpverleningszone. De besturen willen het "
                "elk jaar samen oefenen.",
                ADVICE,
                "Het overleg adviseert elk bestuur om het draaiboek op te nemen in het eigen "
                "noodplan.",
            ),
        ),
    ),
    Topic(
        "Beheersovereenkomst DVV Midwest",
        "dvv-midwest",
        "De overeenkomst tussen de besturen en DVV Midwest loopt tot het einde van de "
        "legislatuur. Elk jaar worden de accenten bijgestuurd.",
        (
            Stage(
                "Accenten van het jaar",
                DISCUSS,
                "Mobiliteit en gedeeld personeel krijgen voorrang. Voor cultuur wordt gewacht op "
                "de nieuwe Vlaamse regels.",
                NOTED,
                "De accenten worden uitgewerkt in een jaarplan.",
            ),
            Stage(
                "Jaarplan en begroting",
                DECIDE,
                "De bijdrage per inwoner stijgt met de index. Twee besturen vragen een meerjarige "
                "raming.",
                AGREED,
                "De gemeenteraden keuren het jaarplan en de begroting van DVV Midwest goed.",
            ),
        ),
        kind=ProposalKind.STEERING,
        function=ProposalFunction.POLICY,
        minutes=20,
    ),
    Topic(
        "Eén rechtspositieregeling als voorbeeld",
        "hooglede",
        "Elk bestuur herwerkt de rechtspositieregeling. Door één hoofdstuk te delen, hoeft niet "
        "iedereen hetzelfde werk te doen.",
        (
            Stage(
                "Rondvraag",
                DISCUSS,
                "Iedereen vertelt hoe ver het staat. Het hoofdstuk over verlof blijkt overal bijna "
                "gelijk.",
                NOTED,
                "De personeelsdiensten schrijven samen het hoofdstuk verlof.",
            ),
            Stage(
                "Gezamenlijk hoofdstuk verlof",
                DECIDE,
                "De tekst is nagelezen door de vakorganisaties. Eén bestuur houdt een eigen regeling "
                "voor anciënniteitsverlof.",
                AGREED,
                "De gemeenteraden keuren het gezamenlijke hoofdstuk verlof goed.",
            ),
        ),
        function=ProposalFunction.EXCHANGE,
    ),
    Topic(
        "Wachtlijsten in de kinderopvang",
        "ledegem",
        "Ouders staan op de wachtlijst van meerdere gemeenten tegelijk. Een gedeeld loket geeft "
        "een juist beeld.",
        (
            Stage(
                "Gedeeld loket",
                DISCUSS,
                "De gegevensuitwisseling is juridisch nagekeken. De opvangpunten willen eerst een "
                "proef met vier gemeenten.",
                ADVICE,
                "Het overleg adviseert een proef van een jaar met vier gemeenten.",
            ),
        ),
    ),
    Topic(
        "Handhaving van sluikstort over de grenzen",
        "ardooie",
        "Wie in de ene gemeente beboet wordt, rijdt naar de volgende. Een gedeelde vaststeller en "
        "gelijke tarieven maken een einde aan die sprong.",
        (
            Stage(
                "Gelijke tarieven",
                DECIDE,
                "De tarieven verschillen nu tot het drievoud. De besturen kiezen voor het "
                "middelste tarief en een gedeelde vaststeller.",
                AGREED,
                "De gemeenteraden passen hun reglement aan de gelijke tarieven aan.",
            ),
        ),
        minutes=10,
    ),
    Topic(
        "Ziekenhuisnetwerk en eerste lijn",
        "pittem",
        "Het ziekenhuisnetwerk hertekent zijn campussen. De huisartsenkringen vragen dat de "
        "besturen samen spreken.",
        (
            Stage(
                "Gezamenlijk standpunt",
                DECIDE,
                "De burgemeesters willen dat een spoeddienst binnen een half uur bereikbaar blijft, "
                "ook ’s nachts.",
                POSITION,
                "De besturen vragen samen dat elke inwoner een spoeddienst binnen een half uur "
                "bereikt.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
        circle=Circle.PUBLIC,
    ),
    Topic(
        "Deelwagens aan de hoppinpunten",
        "dvv-midwest",
        "Aan twaalf hoppinpunten komen deelwagens. Eén aanbesteding voor de hele regio drukt de "
        "prijs.",
        (
            Stage(
                "Gunning en spreiding",
                NOTE,
                "De eerste wagens staan er in het voorjaar. De besturen kiezen zelf de exacte plek.",
                NOTED,
                "Het overleg neemt kennis van de gunning.",
            ),
            Stage(
                "Steunfonds voor het tweede jaar",
                DECIDE,
                "Het gebruik groeit, maar dekt de kost nog niet. Het steunfonds overbrugt een jaar.",
                AGREED,
                "De colleges keuren de bijdrage aan het steunfonds voor één jaar goed.",
            ),
        ),
        kind=ProposalKind.PROJECT,
    ),
    Topic(
        "Middelen voor de hulpverleningszone",
        "izegem",
        "De meerjarenraming van de zone vraagt een hogere dotatie. De burgemeesters bespreken ze "
        "vooraf onder elkaar.",
        (
            Stage(
                "Voorbespreking van de dotatie",
                DISCUSS,
                "De burgemeesters willen eerst een vergelijking met andere zones. De groei moet "
                "gespreid worden over drie jaar.",
                NOTED,
                "De voorzitter vraagt de zone om een spreiding over drie jaar.",
            ),
        ),
        kind=ProposalKind.STEERING,
        circle=Circle.MAYORS,
        minutes=15,
    ),
    Topic(
        "Erfgoeddepot en IOED",
        "dvv-midwest",
        "De intergemeentelijke onroerenderfgoeddienst zoekt een depot voor vondsten en archieven.",
        (
            Stage(
                "Keuze van de locatie",
                DISCUSS,
                "Drie panden komen in aanmerking. De besturen verkiezen het pand dat het minst "
                "energie vraagt.",
                ADVICE,
                "Het overleg adviseert de besturen om het oude postgebouw samen te huren.",
            ),
        ),
    ),
)
