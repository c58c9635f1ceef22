"""What stands in the dossiers: notes of each confidentiality, talks, what is shared with parents and with an expert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from besprekingen.services import gesprek_vastleggen
from leerlingen import services
from leerlingen.models import Document, Dossierstuk, Vertrouwelijkheid
from leerlingen.services.bulk import Oudenotitie, notities_overnemen
from zorg.overzicht.demo.basis import Demo, Kind

AUTEURS = {"6a": "leerkracht", "6b": "leerkracht2"}
NOTITIES = (
    ("Start van het jaar", "Een goede start gemaakt. Speelt veel met twee klasgenoten en helpt met opruimen."),
    ("Observatie in de rekenles", "Rekent op de vingers bij sommen over het tiental. Vraagt om hulp als het stil is."),
    ("Gesprekje over lezen", "Leest thuis elke avond tien minuten. Kiest zelf boeken over dieren."),
    ("Werkhouding", "Begint vlot met de eerste taak. Na een kwartier dwaalt de aandacht af; een tijdklok helpt."),
    ("Samenwerken", "Werkte twee keer met een maatje aan een verslag. Nam de helft van het werk op zich."),
    ("Spelling in de weektaak", "Oefent de woorden van categorie 6 drie keer per week. Maakt twee fouten van de tien."),
    ("Na de toets", "De toets viel tegen. Bij het nabespreken maakte het kind vier van de zes foute sommen goed."),
    ("Pauze op het plein", "Was vandaag vaak alleen. Morgen vraag ik of er iemand is om mee te spelen."),
    ("Telefoontje van thuis", "Het kind slaapt slecht deze week. We letten op en bellen over twee weken weer."),
)  # fmt: skip
VERTROUWELIJK = (
    ("Thuissituatie", "De ouders gaan uit elkaar. Het kind woont om de week bij vader. Beiden willen het verslag."),
    ("Zorg over welbevinden", "Huilde na het weekend. Vertelde dat het thuis druk is. Met de ib'er besproken."),
)  # fmt: skip
GEHEIM = (
    ("Overleg met de schoolarts", "Gehoor is in orde. De arts ziet het kind over een half jaar weer."),
    ("Overleg met het wijkteam", "Er is contact met het gezin. De afspraak is dat school let op verzuim."),
)  # fmt: skip


def dossiers(demo: Demo) -> None:
    """Notes by the two teachers in their groups and by the ib'er in the others, from the last year and a half."""
    oud = [*_gewone(demo), *_besloten(demo)]
    notities_overnemen(school=demo.school, rijen=oud, door=None)
    _kring(demo)
    _gedeeld(demo)
    _gesprekken(demo)


def _gewone(demo: Demo) -> Iterator[Oudenotitie]:
    kans = demo.kans("dossiers")
    dagen = max(1, (demo.vandaag - demo.begin).days)
    for kind in demo.kinderen:
        if kind.tot is not None:
            continue
        eigen = AUTEURS.get(kind.groep)
        aantal = kans.choice((1, 1, 2, 3)) if eigen else int(kans.random() < 0.25)
        for titel, tekst in kans.sample(NOTITIES, aantal):
            dag = demo.geleden(kans.randrange(dagen if eigen else 500))
            yield _oud(demo, kind, eigen or "ib", titel, tekst, max(dag, demo.begin if eigen else kind.vanaf))


def _besloten(demo: Demo) -> Iterator[Oudenotitie]:
    """Confidential by who teaches the child, secret by the ib'er."""
    for plek, groep in enumerate(("6a", "6b", "5", "7", "8", "4")):
        dag = max(demo.geleden(25 + plek), demo.begin)
        wie = AUTEURS.get(groep, "ib")
        yield _oud(demo, demo.kind(groep, 4), wie, *VERTROUWELIJK[plek % 2], dag, Vertrouwelijkheid.VERTROUWELIJK)
        dag = demo.geleden(30 + plek)
        yield _oud(demo, demo.kind(groep, plek), "ib", *GEHEIM[plek % 2], dag, Vertrouwelijkheid.GEHEIM)


def _oud(
    demo: Demo,
    kind: Kind,
    wie: str,
    titel: str,
    tekst: str,
    dag: date,
    vertrouwelijkheid: str = Vertrouwelijkheid.GEWOON,
) -> Oudenotitie:
    op = min(demo.moment(dag, 15, 40), demo.nu)
    return Oudenotitie(kind.leerling, titel, tekst, demo.personen[wie], op, vertrouwelijkheid)


def notitie(demo: Demo, kind: Kind, wie: str, titel: str, tekst: str, dag: date) -> Document:
    """One note, written on its day by whose account it is."""
    with demo.op(dag):
        return services.notitie_maken(leerling=kind.leerling, titel=titel, tekst=tekst, door=demo.account(wie))


def stuk_van(document: Document) -> Dossierstuk:
    """The piece on which a paper about a pupil hangs."""
    if document.stuk is None:
        raise RuntimeError("a paper about a pupil hangs on a piece")
    return document.stuk


def _kring(demo: Demo) -> None:
    """Kept within named readers: the ib'er, the director and in one case the teacher."""
    for groep, lezers in (("6a", ("directeur", "leerkracht")), ("7", ("directeur",))):
        tekst = "De ouders vertelden iets dat alleen wij weten. Zij zeggen zelf wanneer het team het mag horen."
        document = notitie(demo, demo.kind(groep, 1), "ib", "Vertrouwelijk gesprek", tekst, demo.geleden(14))
        services.kring_zetten(
            stuk=stuk_van(document), lezers=[demo.personen[code] for code in lezers], door=demo.account("ib")
        )


def _gedeeld(demo: Demo) -> None:
    """Definitive and shared with the parents."""
    tekst = "Thuis oefenen we vijf minuten per dag de tafels. Over zes weken kijken we samen hoe het gaat."
    for groep, nummer, wie in (
        ("6a", 0, "leerkracht"),
        ("6a", 3, "leerkracht"),
        ("6b", 0, "leerkracht2"),
        ("7", 0, "ib"),
        ("4", 1, "ib"),
        ("8", 0, "ib"),
    ):
        dag = max(demo.geleden(18 + nummer), demo.begin)
        document = notitie(demo, demo.kind(groep, nummer), wie, "Gesprek over rekenen", tekst, dag)
        with demo.op(dag, 15):
            services.document_vaststellen(document=document, door=demo.account(wie))
            services.publiceren(stuk=stuk_van(document), door=demo.account(wie))


def _gesprekken(demo: Demo) -> None:
    """Talks with parents and pupils on record."""
    for groep, nummer, soort, dagen in (
        ("6a", 0, "ouders", 50),
        ("6a", 0, "kind", 48),
        ("6a", 1, "ouders", 40),
        ("6a", 4, "ouders", 30),
        ("6b", 0, "ouders", 35),
        ("6b", 1, "ouders", 60),
        ("7", 0, "ouders", 70),
        ("7", 1, "kind", 44),
        ("8", 0, "oogo", 65),
        ("4", 0, "ouders", 22),
    ):
        dag = demo.geleden(dagen)
        tekst = "We vertelden wat we in de klas zien en hoorden hoe het thuis gaat. Iedereen herkent het beeld."
        kind = demo.kind(groep, nummer)
        with demo.op(dag, 15):
            gesprek_vastleggen(
                leerling=kind.leerling, soort=soort, op=max(dag, kind.vanaf), tekst=tekst, door=demo.account("ib")
            )


def voor_het_bot(demo: Demo) -> list[Dossierstuk]:
    """The pieces about Yara that the parents are asked to share with the expert."""
    tekst = "Rekent op de vingers bij sommen over het tiental. Met een stappenkaart lukken vijf van de zes sommen."
    dag = max(demo.geleden(62), demo.begin)
    kind = demo.kind("6a", 0)
    return [
        stuk_van(notitie(demo, kind, "leerkracht", titel, tekst, dag))
        for titel in ("Observatie voor het BOT", "Wat we al probeerden")
    ]


def toegang_geven(demo: Demo, stukken: list[Dossierstuk]) -> None:
    """The expert sees these pieces and nothing else, until a day."""
    for stuk in stukken:
        services.recht_verlenen(
            op=stuk,
            aan=demo.personen["extern"],
            tot=demo.moment(demo.vandaag + timedelta(days=42), 0),
            reden="Lid van het BOT; de ouders gaven toestemming",
            door=demo.account("ib"),
        )
