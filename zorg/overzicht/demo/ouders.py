"""Parents as partners: what a mother sent in, what she is still asked, and which talks teachers have to hold."""

from __future__ import annotations

from datetime import timedelta

from besprekingen.services.oudergesprekken import oudergesprekken_herinneren
from leerlingen import services
from leerlingen.models import Ouderdeel
from plannen.services import papier_aanvullen
from zorg.overzicht.demo.basis import Demo, doordeweeks

PAPIER = "voorbereiding_sot"
# question → what the mother of the first child of 6a wrote
INGESTUURD = {
    "thuis": "Thuis is zij vrolijk. Na school is zij wel moe en wil zij eerst even alleen spelen.",
    "goed": "Zij helpt graag haar broertje en vertelt veel over de dieren in het boek van school.",
    "zorgen": "Rekenen geeft soms tranen. Zij zegt dan dat zij het toch niet kan.",
    "helpt": "Het helpt als iemand de eerste som samen met haar maakt.",
}
BEGONNEN = {"thuis": "Het gaat beter dan in het najaar."}


def ouders_aan_het_woord(demo: Demo) -> None:
    """One part sent in three weeks ago, one asked last week and begun; and the teachers' list of talks."""
    _vraag(demo, dagen=21, woorden=INGESTUURD, stuur=True)
    _vraag(demo, dagen=4, woorden=BEGONNEN, stuur=False)
    oudergesprekken_herinneren(school=demo.school)


def _vraag(demo: Demo, *, dagen: int, woorden: dict[str, str], stuur: bool) -> None:
    kind, ib, moeder = demo.kind("6a", 0), demo.account("ib"), demo.account("ouder")
    dag = max(demo.geleden(dagen), kind.vanaf)
    with demo.op(dag):
        stuk = services.stuk_maken(
            leerling=kind.leerling,
            soort=PAPIER,
            titel="Voorbereiding SOT",
            vertrouwelijkheid="vertrouwelijk",
            door=ib,
        )
        papier = services.document_maken(soort=PAPIER, stuk=stuk, door=ib)
        papier_aanvullen(document=papier, door=ib)
        services.ouderdeel_vragen(
            document=papier,
            waarom="Er komt een gesprek op school. Wat u schrijft ligt dan op tafel.",
            lezers="de leerkracht, de intern begeleider en de specialist die helpt",
            voor=doordeweeks(dag + timedelta(days=10)),
            door=ib,
        )
    gevraagd = Ouderdeel.objects.zichtbaar_voor(moeder, "meelezen").filter(document=papier)
    with demo.op(min(doordeweeks(dag + timedelta(days=2)), demo.vandaag), 20):
        for deel in gevraagd:
            for code, tekst in woorden.items():
                services.ouderdeel_bewaren(deel=deel, vraagcode=code, tekst=tekst, basisversie=0, door=moeder)
            if stuur:
                services.ouderdeel_insturen(deel=deel, door=moeder)
