"""Facts for the tests of the care route: a pupil at the Kogerveldschool for whom everything is in order."""

from dataclasses import replace
from datetime import UTC, date, datetime

from leerlingen.zorgroute import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Gezaghebbende,
    Instantiefeit,
    Onderzoekfeit,
    Planfeit,
    Toestemmingfeit,
    Zorgfeiten,
)

VANDAAG = date(2027, 2, 9)
SINDS = date(2026, 9, 7)
OUDERS = (Gezaghebbende("m", "moeder"), Gezaghebbende("v", "vader"))


def ja(sleutel: str, op: date = date(2027, 1, 20), versie: int = 1) -> Antwoordfeit:
    return Antwoordfeit(sleutel, "ja", datetime(op.year, op.month, op.day, 12, tzinfo=UTC), versie)


def toestemming(doel: str, **anders: object) -> Toestemmingfeit:
    feit = Toestemmingfeit(doel=doel, gevraagd_op=date(2027, 1, 15), tekstversie=1, antwoorden=(ja("m"), ja("v")))
    return replace(feit, **anders)  # type: ignore[arg-type]


def bespreking(soort: str, op: date, uitkomst: str = "onvoldoende", besluit: str | None = None) -> Besprekingfeit:
    return Besprekingfeit(
        soort=soort,
        op=op,
        doel=True,
        evaluatie_voor=date(2027, 2, 1),
        geevalueerd_op=date(2027, 1, 29),
        vooruitgang=uitkomst,  # type: ignore[arg-type]
        besluit=besluit,
    )


def compleet(uitkomst: str = "onvoldoende") -> Zorgfeiten:
    """Everything done and everybody agreed, asked by someone who has every role."""
    return Zorgfeiten(
        vandaag=VANDAAG,
        rollen=frozenset({"ib", "leerkracht", "directeur"}),
        niveau_sinds=SINDS,
        jaargroep=6,
        eigen_leerlijn=True,
        signalen=frozenset({"score_v"}),
        gezaghebbenden=OUDERS,
        besprekingen=(
            Besprekingfeit("groepsbespreking", date(2026, 9, 21)),
            bespreking("leerlingbespreking", date(2026, 10, 9), uitkomst),
            bespreking("leerlingbespreking", date(2026, 12, 4), uitkomst),
            bespreking("sot", date(2026, 12, 11), uitkomst, besluit="naar_bot"),
            bespreking("bot", date(2026, 12, 18), uitkomst, besluit="verwijzing"),
        ),
        toestemmingen=(toestemming("bot"), toestemming("verwijzing")),
        gesprekken=(
            Gesprekfeit("ouders", date(2026, 12, 15)),
            Gesprekfeit("kind", date(2026, 12, 15)),
            Gesprekfeit("ib", date(2026, 12, 15)),
            Gesprekfeit("oogo", date(2027, 1, 11)),
        ),
        documenten=(
            Documentfeit("groeidocument", frozenset({1, 2}), date(2027, 1, 12)),
            Documentfeit("okr", frozenset({1}), date(2027, 2, 1)),
            Documentfeit("plan_van_aanpak", frozenset({1}), date(2027, 1, 12)),
            Documentfeit("intake_instroom", frozenset({1}), date(2026, 9, 8)),
        ),
        plannen=(Planfeit("handelingsplan", date(2026, 10, 12), date(2026, 12, 4), date(2026, 12, 4)),),
        onderzoeken=(Onderzoekfeit("intelligentie", date(2026, 11, 2), date(2026, 11, 9)),),
        instanties=(Instantiefeit("tlv", date(2027, 2, 2)), Instantiefeit("plaatsing", date(2027, 2, 8))),
    )


RIJK = replace(
    compleet(),
    besprekingen=(
        *compleet().besprekingen,
        bespreking("leerlingbespreking_ko", date(2026, 12, 1), besluit="naar_sot"),
        bespreking("sot", date(2026, 12, 20), besluit="verwijzing"),
        bespreking("zorgteam", date(2026, 12, 1), besluit="externe_zorg"),
        bespreking("zorgoverleg", date(2026, 12, 1), besluit="naar_clb"),
        bespreking("mdo", date(2027, 1, 12), besluit="verslag"),
        bespreking("clb", date(2027, 1, 12), besluit="zorgkind"),
    ),
    toestemmingen=tuple(
        toestemming(doel)
        for doel in ("bot", "verwijzing", "sot", "eerste_lijn", "externe_zorg", "verslag_onderzoek", "plaatsing", "clb")
    ),
    documenten=(
        *compleet().documenten,
        Documentfeit("voorbereiding_leerlingbespreking", frozenset({1})),
        Documentfeit("aanmelding_sot", frozenset({1, 2})),
        Documentfeit("opp", frozenset({1})),
        Documentfeit("observatie", frozenset({1})),
    ),
    onderzoeken=(*compleet().onderzoeken, Onderzoekfeit("verslag_clb", date(2027, 1, 20), date(2027, 1, 22))),
    instanties=(*compleet().instanties, Instantiefeit("verwijzing", date(2027, 2, 1))),
    gesprekken=(*compleet().gesprekken, Gesprekfeit("triade", date(2027, 2, 1))),
)
"""The same, with what the other schools ask for as well."""
