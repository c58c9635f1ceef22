"""How long papers take: an onderwijskundig rapport with 4 charts and 40 results, equally long bare text beside it, and
a group plan of 28 pupils.

Each is meant to be there within 2 seconds of work. The first one of a process pays for starting WeasyPrint.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join

from bench import Meting, duur, json_regel, rekentijd, tabel
from plannen.rapporten import (
    SECTIES,
    Feit,
    Groepsplanpapier,
    Okr,
    OkrSectie,
    Ouderzienswijze,
    Planblok,
    Plancel,
    Plankolom,
    Planleerling,
    Planrij,
    Resultaatregel,
    Vakgrafiek,
    groepsplan_pdf,
    okr_html,
    okr_pdf,
)
from zorg.kern import grafiek
from zorg.kern.pdf import maak_pdf

VAKKEN = ("Rekenen-Wiskunde", "Spelling", "Begrijpend lezen", "Technisch lezen")
MOMENTEN = ("M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7")
NIVEAUS = ("II", "III", "III", "IV", "III", "IV", "V", "IV", "IV", "III")
DAG = date(2026, 11, 25)
ZIN = (
    "Werkt graag met materiaal en legt hardop uit wat er gebeurt; bij tijdsdruk haakt dit kind af. Korte opdrachten "
    "die meteen worden nagekeken helpen, net als voordoen en samen beginnen. "
)


def _vak(vak: str, begin: int) -> tuple[Vakgrafiek, tuple[Resultaatregel, ...]]:
    scores = [begin + 7 * n - (5 if n % 4 == 2 else 0) for n in range(len(MOMENTEN))]
    normen = [
        grafiek.Normlijn(moment, tuple(begin + 7 * n + stap for stap in (12, 5, -2, -8)))
        for n, moment in enumerate(MOMENTEN)
    ]
    punten = [
        grafiek.Meting(moment, score, niveau=niveau)
        for moment, score, niveau in zip(MOMENTEN, scores, NIVEAUS, strict=True)
    ]
    tekening = grafiek.groeigrafiek(f"{vak}, vaardigheidsscore", punten, normen)
    assert tekening is not None
    regels = tuple(
        Resultaatregel(vak, "Leerling in beeld", moment, DAG - timedelta(days=170 * (10 - n)), str(score), niveau)
        for n, (moment, score, niveau) in enumerate(zip(MOMENTEN, scores, NIVEAUS, strict=True))
    )
    return Vakgrafiek(vak, tekening), regels


def rapport() -> Okr:
    """A report of a synthetic pupil with 4 charts, 40 results and 16 texts of some 1,200 characters."""
    vakken = [_vak(vak, 40 + 9 * n) for n, vak in enumerate(VAKKEN)]
    secties = tuple(
        OkrSectie(
            letter,
            titel,
            tuple(
                Feit(f"Onderwerp {n + 1}", "\n\n".join([ZIN * 3, ZIN * 2]), "observatie")
                for n in range(4 - (letter == "e"))
            ),
            resultaten=tuple(regel for _, regels in vakken for regel in regels) if letter == "b" else (),
            grafieken=tuple(tekening for tekening, _ in vakken) if letter == "b" else (),
        )
        for _, letter, titel in SECTIES
    )
    return Okr(
        school="De Kameleon",
        leerling="Daan van der Berg",
        initialen="D.v.d.B.",
        geboortedatum=date(2017, 4, 3),
        groep="6a",
        datum=DAG,
        gemaakt=DAG,
        versie=2,
        opgesteld_door="Anja Vos",
        secties=secties,
        zienswijzen=(Ouderzienswijze("Dirk van der Berg", DAG, akkoord=True, woorden=ZIN),),
    )


NAMEN = ("Aya Haddad", "Bram Jansen", "Chloé Peters", "Daan van der Berg", "Elif Yıldız", "Finn Bakker", "Gijs de Wit")
ARRANGEMENTEN = (("Talentarrangement", 5), ("Basisarrangement", 16), ("Intensief arrangement", 7))
DOEL = "Tafels 1–10 binnen 5 s per som; groei ten minste 8 punten naar E6. "
VRAGEN = ("Doel", "Inhoud", "Aanpak", "Organisatie", "Materiaal", "Hoe en wanneer evalueert u?")


def groepsplan() -> Groepsplanpapier:
    """A group plan of 28 synthetic pupils with reasons, needs, all texts and an evaluation per pupil."""

    def leerling(n: int) -> Planleerling:
        return Planleerling(
            naam=NAMEN[n % len(NAMEN)],
            reden="III, IV; groei +1; methodetoets 82 %",
            te_kiezen=n % 9 == 4,
            alternatief="Basisarrangement" if n % 9 == 4 else "",
            behoeften=(("Onderwijsbehoeften", "heeft korte instructie nodig, en voordoen"),) if n % 4 == 0 else (),
            oordeel=("ja", "gedeeltelijk", "nee")[n % 3],
        )

    return Groepsplanpapier(
        school="De Kameleon",
        titel="Groepsplan rekenen-wiskunde, groep 6a",
        groepen="6a",
        vak="Rekenen-Wiskunde",
        periode="2e periode, 15 februari t/m 9 juli 2027",
        schooljaar="2026–2027",
        status="concept",
        merk="concept",
        groepnaam="Groep",
        leerkrachtnaam="Leerkracht",
        leerkrachten="Marloes de Wit, Joris Bakker",
        gemaakt=DAG,
        kolommen=tuple(
            Plankolom(naam, f"{aantal} leerlingen", tuple(leerling(n) for n in range(aantal)))
            for naam, aantal in ARRANGEMENTEN
        ),
        rijen=tuple(Planrij(vraag, tuple(Plancel(DOEL * n) for n in (2, 1, 3))) for vraag in VRAGEN),
        blokken=(Planblok("De groep", (("Evaluatie van het vorige plan", Plancel(ZIN * 2, "uit plan 1")),)),),
        evaluatienaam="Evaluatie",
        evaluatie=(Planrij("Is het doel gehaald?", tuple(map(Plancel, ("ja", "gedeeltelijk", "nee")))),),
        oordeelvraag="Per leerling",
    )


def kale_tekst(okr: Okr) -> str:
    """The same words, in paragraphs, without charts, tables, fonts of our own or a stylesheet."""
    teksten = [feit.tekst for sectie in okr.secties for feit in sectie.feiten]
    teksten += [
        f"{rij.vak} {rij.instrument} {rij.moment} {rij.datum} {rij.score} {rij.niveau}"
        for sectie in okr.secties
        for rij in sectie.resultaten
    ]
    return format_html(
        '<!DOCTYPE html><html lang="nl"><head><title>{}</title></head><body><h1>{}</h1>{}</body></html>',
        okr.naam, okr.naam, format_html_join("", "<p>{}</p>", ((tekst,) for tekst in teksten)),
    )  # fmt: skip


def _kaal(html: str) -> bytes:
    from weasyprint import HTML  # noqa: TID251 — what we compare with is WeasyPrint without our gateway

    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def meet() -> Meting:
    """Measure in this process, in milliseconds."""
    import io

    import pikepdf

    okr, plan = rapport(), groepsplan()
    html, kaal = okr_html(okr), kale_tekst(okr)
    begin = time.perf_counter()
    pdf = okr_pdf(okr)
    eerste = (time.perf_counter() - begin) * 1000
    with pikepdf.open(io.BytesIO(pdf)) as document:
        bladen = len(document.pages)
    planpdf = groepsplan_pdf(plan)
    with pikepdf.open(io.BytesIO(planpdf)) as document:
        planbladen = len(document.pages)
    stukken: dict[str, Callable[[], object]] = {
        "okr": lambda: okr_pdf(okr),
        "html": lambda: okr_html(okr),
        "grafieken": lambda: [_vak(vak, 40) for vak in VAKKEN],
        "pdf": lambda: maak_pdf(html, titel=okr.naam),
        "kaal": lambda: _kaal(kaal),
        "groepsplan": lambda: groepsplan_pdf(plan),
    }
    tijden = {stuk: duur(doe, 10) for stuk, doe in stukken.items()}
    werk = {stuk: rekentijd(doe) for stuk, doe in stukken.items()}
    namen = {
        "okr": f"rapport, {bladen} bladen, {len(pdf) / 1000:.0f} kB",
        "html": "  waarvan sjabloon met 4 grafieken",
        "grafieken": "  waarvan meetkunde van 4 grafieken",
        "pdf": "  waarvan pdf maken en afwerken",
        "kaal": "kale tekst van dezelfde lengte, alleen WeasyPrint",
        "groepsplan": f"groepsplan van 28 leerlingen, {planbladen} bladen, {len(planpdf) / 1000:.0f} kB",
    }
    rijen = [("eerste rapport van een proces", f"{eerste:.0f}", "", "")]
    rijen += [
        (namen[stuk], f"{tijd.mediaan:.1f}", f"{tijd.p95:.1f}", f"{werk[stuk]:.1f}") for stuk, tijd in tijden.items()
    ]
    cijfers = {"eerste_ms": eerste, "bladen": float(bladen), "groepsplan_bladen": float(planbladen)}
    cijfers |= {f"{stuk}_ms": tijd.mediaan for stuk, tijd in tijden.items()}
    cijfers |= {f"{stuk}_rekentijd_ms": tijd for stuk, tijd in werk.items()}
    koppen = ("wat", "ms", "p95", "rekentijd")
    return Meting("Rapport: 4 grafieken, 40 resultaten; groepsplan: 28 leerlingen", koppen, rijen, cijfers)


def main() -> None:
    """Print the table and one line of JSON."""
    meting = meet()
    print(tabel(meting))
    print(json_regel("pdf", meting))
