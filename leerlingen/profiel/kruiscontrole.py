"""Cross-checks of a profile: what no single key can see. Each finding names the path of the offending key."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from leerlingen.profiel import stukkencontrole
from leerlingen.profiel.basis import BEGIN
from leerlingen.profiel.bespreken import Bespreking
from leerlingen.profiel.bevinding import Bevinding, Pad, dubbel
from leerlingen.profiel.route import VERPLICHTE_TERMIJNEN, Toestemming
from leerlingen.profiel.voorwaardenvormen import (
    BesluitVorm,
    BesprekingVorm,
    DocumentVorm,
    JaargroepVorm,
    ToestemmingVorm,
    VooruitgangVorm,
    VoorwaardeVorm,
)

if TYPE_CHECKING:
    from leerlingen.profiel.schema import Profiel

PLAATSHOUDERS: Final = frozenset({"leerling", "datum", "deelnemers", "stukken", "tot", "school"})


def bevindingen(profiel: "Profiel") -> Iterator[Bevinding]:
    """All faults of a profile, in a fixed order; none means that it hangs together."""
    for controle in _CONTROLES:
        yield from controle(profiel)


def _codes_eenmalig(profiel: "Profiel") -> Iterator[Bevinding]:
    for sleutel in (
        "niveau",
        "bespreking",
        "jaarcyclus",
        "signalering",
        "documenten",
        "arrangementen",
        "groepsplanperioden",
        "vakgebieden",
        "schalen",
        "instrumenten",
        "schoolnormen",
        "termijnen",
        "bewaartermijnen",
        "toestemmingen",
    ):
        yield from dubbel((deel.code for deel in getattr(profiel, sleutel)), (sleutel,), "de code")
    momenten = profiel.begrippen.toetsmomenten
    yield from dubbel((m.code for m in momenten), ("begrippen", "toetsmomenten"), "het toetsmoment")
    gezien: set[int] = set()
    for i, rij in enumerate(profiel.begrippen.jaargroepen):
        if rij.jaargroep in gezien:
            yield Bevinding(("begrippen", "jaargroepen", i, "jaargroep"), f"jaargroep {rij.jaargroep} staat er al")
        gezien.add(rij.jaargroep)


def _niveaus(profiel: "Profiel") -> Iterator[Bevinding]:
    per_code = {niveau.code: niveau for niveau in profiel.niveau}
    vorige = -1
    banden = {"basis": 0, "extra": 1, "verwijzing": 2}
    vorige_band = 0
    for i, niveau in enumerate(profiel.niveau):
        pad: Pad = ("niveau", i)
        if niveau.code == BEGIN:
            yield Bevinding((*pad, "code"), f'"{BEGIN}" is al de naam van de eerste plaatsing')
        if niveau.volgorde <= vorige:
            yield Bevinding((*pad, "volgorde"), "de volgorde moet per niveau hoger worden")
        vorige = niveau.volgorde
        if banden[niveau.band] < vorige_band:
            yield Bevinding((*pad, "band"), "een hoger niveau kan niet in een lagere band staan")
        vorige_band = banden[niveau.band]
        if niveau.hangt_aan != profiel.niveau[0].hangt_aan:
            yield Bevinding((*pad, "hangt_aan"), "alle niveaus hangen aan hetzelfde: de leerling of het traject")
        if niveau.ouder is not None:
            gezien = {niveau.code}
            code: str | None = niveau.ouder
            while code is not None:
                if code not in per_code:
                    yield Bevinding((*pad, "ouder"), f'niveau "{code}" bestaat niet')
                    break
                if code in gezien:
                    yield Bevinding((*pad, "ouder"), "het niveau is zo een deel van zichzelf")
                    break
                gezien.add(code)
                code = per_code[code].ouder
        if niveau.bespreking and niveau.bespreking not in {b.code for b in profiel.bespreking}:
            yield Bevinding((*pad, "bespreking"), f'bespreking "{niveau.bespreking}" bestaat niet')
    zorg = [n.zorgleerling for n in profiel.niveau]
    if zorg != sorted(zorg):
        plaats = next(i for i in range(1, len(zorg)) if zorg[i - 1] and not zorg[i])
        yield Bevinding(
            ("niveau", plaats, "zorgleerling"),
            "boven een niveau met zorgleerlingen staan alleen zorgleerlingen",
        )


def _overgangen(profiel: "Profiel") -> Iterator[Bevinding]:
    codes = {niveau.code for niveau in profiel.niveau}
    gezien: set[tuple[str, str]] = set()
    for i, overgang in enumerate(profiel.overgang):
        for sleutel, code in (("van", overgang.van), ("naar", overgang.naar)):
            if code == BEGIN and sleutel == "van":
                continue
            if code not in codes:
                yield Bevinding(("overgang", i, sleutel), f'niveau "{code}" bestaat niet')
            elif profiel.is_kop(code):
                yield Bevinding(("overgang", i, sleutel), f'niveau "{code}" is een kop, kies een niveau eronder')
        if overgang.van == overgang.naar:
            yield Bevinding(("overgang", i, "naar"), "een stap gaat naar een ander niveau")
        if (overgang.van, overgang.naar) in gezien:
            yield Bevinding(("overgang", i, "naar"), f"de stap {overgang.van} naar {overgang.naar} staat er al")
        gezien.add((overgang.van, overgang.naar))
    bereikt = {BEGIN}
    while True:
        verder = {o.naar for o in profiel.overgang if o.van in bereikt and not o.beeindigd} - bereikt
        if not verder:
            break
        bereikt |= verder
    for i, niveau in enumerate(profiel.niveau):
        if niveau.code not in bereikt and not profiel.is_kop(niveau.code) and not niveau.beeindigd:
            yield Bevinding(("niveau", i, "code"), f'geen enkele stap leidt naar niveau "{niveau.code}"')


def _voorwaarden(profiel: "Profiel") -> Iterator[Bevinding]:
    for pad, rij in alle_voorwaarden(profiel):
        for i, voorwaarde in enumerate(rij):
            yield from _voorwaarde(profiel, (*pad, i), voorwaarde)


def alle_voorwaarden(profiel: "Profiel") -> Iterator[tuple[Pad, tuple[VoorwaardeVorm, ...]]]:
    """Every list of conditions of a profile with its path."""
    for i, overgang in enumerate(profiel.overgang):
        yield ("overgang", i, "voorwaarden"), overgang.voorwaarden
    for i, bespreking in enumerate(profiel.bespreking):
        yield ("bespreking", i, "voorwaarden"), bespreking.voorwaarden
    for i, document in enumerate(profiel.documenten):
        yield ("documenten", i, "voorwaarden"), document.voorwaarden
    for i, niveau in enumerate(profiel.niveau):
        yield ("niveau", i, "afronding"), niveau.afronding


def _voorwaarde(profiel: "Profiel", pad: Pad, voorwaarde: VoorwaardeVorm) -> Iterator[Bevinding]:
    if isinstance(voorwaarde, ToestemmingVorm):
        if voorwaarde.toestemming not in {t.code for t in profiel.toestemmingen}:
            yield Bevinding((*pad, "toestemming"), f'toestemming "{voorwaarde.toestemming}" bestaat niet')
    elif isinstance(voorwaarde, DocumentVorm):
        document = next((d for d in profiel.documenten if d.code == voorwaarde.document), None)
        if document is None:
            yield Bevinding((*pad, "document"), f'document "{voorwaarde.document}" bestaat niet')
        else:
            for deel in voorwaarde.delen:
                if deel not in document.delen:
                    yield Bevinding((*pad, "delen"), f'document "{document.code}" heeft geen deel {deel}')
    elif isinstance(voorwaarde, BesprekingVorm | VooruitgangVorm | BesluitVorm):
        bespreking = next((b for b in profiel.bespreking if b.code == voorwaarde.bespreking), None)
        if bespreking is None:
            yield Bevinding((*pad, "bespreking"), f'bespreking "{voorwaarde.bespreking}" bestaat niet')
        elif isinstance(voorwaarde, BesluitVorm) and voorwaarde.besluit not in {b.code for b in bespreking.besluiten}:
            yield Bevinding(
                (*pad, "besluit"), f'bespreking "{bespreking.code}" kent geen besluit "{voorwaarde.besluit}"'
            )
    elif isinstance(voorwaarde, JaargroepVorm) and voorwaarde.soort == "hard":
        yield Bevinding((*pad, "soort"), "de wet kent geen leeftijdsgrens, een jaargroep kan alleen zacht zijn")


def _besprekingen(profiel: "Profiel") -> Iterator[Bevinding]:
    documenten = {document.code: document for document in profiel.documenten}
    niveaus = {niveau.code for niveau in profiel.niveau}
    toestemmingen = {toestemming.code: toestemming for toestemming in profiel.toestemmingen}
    for i, bespreking in enumerate(profiel.bespreking):
        pad: Pad = ("bespreking", i)
        leden = {lid.code for lid in bespreking.leden}
        yield from dubbel((lid.code for lid in bespreking.leden), (*pad, "leden"), "het lid")
        if bespreking.voorzitter not in leden:
            yield Bevinding((*pad, "voorzitter"), f'de voorzitter "{bespreking.voorzitter}" is geen lid')
        for j, notulist in enumerate(bespreking.notulist):
            if notulist not in leden:
                yield Bevinding((*pad, "notulist", j), f'de notulist "{notulist}" is geen lid')
        for j, lid in enumerate(bespreking.leden):
            if lid.vak and lid.vak not in {vak.code for vak in profiel.vakgebieden}:
                yield Bevinding((*pad, "leden", j, "vak"), f'vakgebied "{lid.vak}" bestaat niet')
        yield from dubbel((s.code for s in bespreking.agendastappen), (*pad, "agendastappen"), "de stap")
        if sum(stap.minuten for stap in bespreking.agendastappen) > bespreking.duur_minuten:
            yield Bevinding((*pad, "agendastappen"), "de stappen duren samen langer dan de bespreking")
        yield from dubbel((b.code for b in bespreking.besluiten), (*pad, "besluiten"), "het besluit")
        for j, besluit in enumerate(bespreking.besluiten):
            if besluit.naar is not None and besluit.naar not in niveaus:
                yield Bevinding((*pad, "besluiten", j, "naar"), f'niveau "{besluit.naar}" bestaat niet')
        for j, vooraf in enumerate(bespreking.vooraf):
            stuk = documenten.get(vooraf.document)
            if stuk is None:
                yield Bevinding((*pad, "vooraf", j, "document"), f'document "{vooraf.document}" bestaat niet')
            elif vooraf.deel is not None and vooraf.deel not in stuk.delen:
                yield Bevinding((*pad, "vooraf", j, "deel"), f'document "{stuk.code}" heeft geen deel {vooraf.deel}')
        if bespreking.verslag is not None and bespreking.verslag not in documenten:
            yield Bevinding((*pad, "verslag"), f'document "{bespreking.verslag}" bestaat niet')
        if "evaluatiedatum" in bespreking.uitkomst and bespreking.evaluatie_termijn is None:
            yield Bevinding((*pad, "uitkomst"), "een evaluatiedatum vraagt ook een evaluatie_termijn")
        termijn = bespreking.evaluatie_termijn
        if termijn is not None and termijn not in {t.code for t in profiel.termijnen}:
            yield Bevinding((*pad, "evaluatie_termijn"), f'termijn "{termijn}" bestaat niet')
        yield from _extern(pad, bespreking, toestemmingen)


def _extern(pad: Pad, bespreking: Bespreking, toestemmingen: dict[str, Toestemming]) -> Iterator[Bevinding]:
    """X-12: someone from outside sits at a table about a pupil only with consent, in every profile."""
    code = bespreking.toestemming_extern
    if code is None:
        if bespreking.over == "leerling" or any(lid.extern for lid in bespreking.leden):
            yield Bevinding(
                (*pad, "toestemming_extern"),
                "noem de toestemming die nodig is om iemand van buiten de school erbij te vragen",
            )
        return
    toestemming = toestemmingen.get(code)
    if toestemming is None:
        yield Bevinding((*pad, "toestemming_extern"), f'toestemming "{code}" bestaat niet')
        return
    for plaatshouder in ("deelnemers", "stukken", "tot"):
        if "{" + plaatshouder + "}" not in toestemming.tekst:
            yield Bevinding(
                (*pad, "toestemming_extern"),
                f'de tekst van toestemming "{code}" moet {{{plaatshouder}}} noemen: wie ziet wat, tot wanneer',
            )
    if toestemming.wie != "alle_gezaghebbenden":
        yield Bevinding((*pad, "toestemming_extern"), f'toestemming "{code}" moet van alle gezaghebbende ouders komen')


def _toestemmingen(profiel: "Profiel") -> Iterator[Bevinding]:
    for i, toestemming in enumerate(profiel.toestemmingen):
        for sleutel, tekst in (("tekst", toestemming.tekst), ("vraag", toestemming.vraag)):
            for naam in re.findall(r"\{([^{}]*)\}", tekst):
                if naam not in PLAATSHOUDERS:
                    yield Bevinding(
                        ("toestemmingen", i, sleutel),
                        f"{{{naam}}} is geen plaatshouder, kies uit {', '.join(sorted(PLAATSHOUDERS))}",
                    )
        if "{leerling}" not in toestemming.tekst + toestemming.vraag:
            yield Bevinding(("toestemmingen", i, "tekst"), "noem met {leerling} om welk kind het gaat")


def _termijnen(profiel: "Profiel") -> Iterator[Bevinding]:
    aanwezig = {termijn.code for termijn in profiel.termijnen}
    for code in VERPLICHTE_TERMIJNEN:
        if code not in aanwezig:
            yield Bevinding(("termijnen",), f'de termijn "{code}" ontbreekt')


_CONTROLES: Final[tuple[Callable[["Profiel"], Iterator[Bevinding]], ...]] = (
    _codes_eenmalig,
    _niveaus,
    _overgangen,
    _besprekingen,
    _voorwaarden,
    _toestemmingen,
    _termijnen,
    stukkencontrole.documenten,
    stukkencontrole.meten,
    stukkencontrole.jaarcyclus,
)
