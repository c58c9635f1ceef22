"""Signals that teachers recorded: of every category, from every source, open, taken up and closed."""

from __future__ import annotations

from dataclasses import dataclass

from lvs.services import signaal_afsluiten, signaal_oppakken, signaal_vastleggen
from zorg.overzicht.demo.basis import Demo

AUTEURS = {"6a": "leerkracht", "6b": "leerkracht2"}


@dataclass(frozen=True)
class Gezien:
    """One signal: of which pupil, what, how long ago; `waar` and `actie` when it was taken up, `klaar` when closed."""

    groep: str
    nummer: int
    categorie: str
    bron: str
    dagen: int
    tekst: str
    vak: str = ""
    waar: str = ""
    actie: str = ""
    klaar: str = ""


SIGNALEN = (
    Gezien("6a", 3, "sociaal_emotioneel", "ouders", 9, "Wil 's ochtends niet naar school, vertelt moeder. Thuis stil."),
    Gezien("6a", 7, "gedrag_buiten", "observatie", 6, "Drie keer deze week ruzie bij het buitenspelen."),
    Gezien("6a", 8, "snelle_leerder", "observatie", 12, "Heeft rekenen steeds na tien minuten af en vraagt om meer.",
           vak="rekenen"),
    Gezien("6a", 9, "werkhouding", "observatie", 20, "Begint pas aan de taak als ik ernaast sta.",
           waar="week", actie="Elke ochtend samen starten en na tien minuten kijken"),
    Gezien("6a", 5, "tempo_inhoud", "methode", 16, "Haalt het tempo van de instructie niet; twee blokken onvoldoende.",
           vak="rekenen", waar="plan", actie="Verlengde instructie in het groepsplan rekenen"),
    Gezien("6a", 10, "motoriek", "observatie", 40, "Schrijft heel klein en houdt de pen krampachtig vast.",
           waar="ouders", actie="Met vader besproken; hij belt de fysiotherapeut"),
    Gezien("6b", 4, "gedrag_binnen", "gesprek", 8, "Zegt niets in de kring. De vorige leerkracht zag dit ook."),
    Gezien("6b", 5, "spraak_taal", "observatie", 25, "Zoekt vaak naar woorden en maakt zinnen niet af.", vak="taal"),
    Gezien("6b", 6, "vermoeden_dyslexie", "lvs", 30, "Leest spellend; oefenen helpt weinig. Oom heeft dyslexie.",
           vak="technisch_lezen", waar="bespreking", actie="Dossieropbouw begonnen na de groepsbespreking"),
    Gezien("5", 3, "stagnatie", "lvs", 18, "Ondanks een half jaar extra hulp geen groei bij lezen.",
           vak="technisch_lezen"),
    Gezien("7", 5, "werkhouding", "ouders", 60, "Doet uren over huiswerk, zeggen de ouders.",
           klaar="Met een planner lukt het; de ouders zijn tevreden."),
    Gezien("3", 4, "motoriek", "observatie", 14, "Valt vaak en kan nog niet knippen langs een lijn."),
)  # fmt: skip


def signalen(demo: Demo) -> None:
    """Each recorded on its day by who teaches the pupil, else by the ib'er."""
    for gezien in SIGNALEN:
        kind = demo.kind(gezien.groep, gezien.nummer)
        door = demo.account(AUTEURS.get(gezien.groep, "ib"))
        with demo.op(max(demo.geleden(gezien.dagen), demo.begin, kind.vanaf), 15):
            signaal = signaal_vastleggen(
                leerling=kind.leerling,
                categorie=gezien.categorie,
                bron=gezien.bron,
                tekst=gezien.tekst,
                vak=gezien.vak,
                door=door,
            )
        with demo.op(max(demo.geleden(max(0, gezien.dagen - 5)), demo.begin, kind.vanaf), 16):
            if gezien.waar:
                signaal_oppakken(signaal=signaal, waar=gezien.waar, toelichting=gezien.actie, door=door)
            if gezien.klaar:
                signaal_afsluiten(signaal=signaal, reden=gezien.klaar, door=door)
