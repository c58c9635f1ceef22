"""Cross-checks of papers, measuring and the year cycle."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leerlingen.profiel.bevinding import Bevinding, Pad, dubbel
from leerlingen.profiel.papier import VERPLICHTE_DOCUMENTEN, Document, Vraag
from leerlingen.profiel.vervolg import BEGIN, VASTGESTELD, Vervolg

if TYPE_CHECKING:
    from leerlingen.profiel.schema import Profiel


def _vraag(pad: Pad, vraag: Vraag) -> Iterator[Bevinding]:
    """A question says what its kind needs, and nothing that its kind does not know."""
    if vraag.soort in ("keuze", "meerkeuze") and len(vraag.keuzes) < 2:
        yield Bevinding((*pad, "keuzes"), "een keuzevraag heeft keuzes nodig")
    if vraag.soort not in ("keuze", "meerkeuze") and vraag.keuzes:
        yield Bevinding((*pad, "keuzes"), "alleen een keuzevraag heeft keuzes")
    if len({*vraag.keuzes}) < len(vraag.keuzes):
        yield Bevinding((*pad, "keuzes"), "een keuze staat er twee keer")
    for sleutel in ("eenheid", "minimum", "maximum"):
        if vraag.soort != "getal" and getattr(vraag, sleutel) is not None:
            yield Bevinding((*pad, sleutel), f"alleen een getal heeft een {sleutel}")
    if vraag.soort in ("keuze", "meerkeuze") and {*vraag.beginwaarde} - {*vraag.keuzes}:
        yield Bevinding((*pad, "beginwaarde"), "een beginwaarde is een van de keuzes")
    if vraag.minimum is not None and vraag.maximum is not None and vraag.minimum >= vraag.maximum:
        yield Bevinding((*pad, "maximum"), "het maximum ligt boven het minimum")


def _document(pad: Pad, document: Document) -> Iterator[Bevinding]:
    yield from dubbel((s.code for s in document.secties), (*pad, "secties"), "de sectie")
    for i, sectie in enumerate(document.secties):
        yield from dubbel((v.code for v in sectie.vragen), (*pad, "secties", i, "vragen"), "de vraag")
        for j, vraag in enumerate(sectie.vragen):
            yield from _vraag((*pad, "secties", i, "vragen", j), vraag)
    secties = {sectie.code for sectie in document.secties}
    for i, bijlage in enumerate(document.bijlagen):
        yield from dubbel((v.code for v in bijlage.vragen), (*pad, "bijlagen", i, "vragen"), "de vraag")
        for j, vraag in enumerate(bijlage.vragen):
            yield from _vraag((*pad, "bijlagen", i, "vragen", j), vraag)
        if bijlage.vragen and bijlage.code in secties:
            yield Bevinding((*pad, "bijlagen", i, "code"), f'"{bijlage.code}" is al een sectie')
    for i, handtekening in enumerate(document.handtekeningen):
        if handtekening.sectie is not None and handtekening.sectie not in secties:
            yield Bevinding((*pad, "handtekeningen", i, "sectie"), f'sectie "{handtekening.sectie}" bestaat niet')
    yield from dubbel((s.code for s in document.statussen), (*pad, "statussen"), "de status")
    statussen = {status.code: status for status in document.statussen}
    for i, status in enumerate(document.statussen):
        for j, naar in enumerate(status.naar):
            if naar not in statussen or naar == status.code:
                yield Bevinding((*pad, "statussen", i, "naar", j), f'status "{naar}" kan hier niet op volgen')
        if i > 0 and not status.wie:
            yield Bevinding((*pad, "statussen", i, "wie"), f'zeg wie een stuk "{status.naam}" maakt')
        if i > 0 and not any(status.code in ander.naar for ander in document.statussen):
            yield Bevinding((*pad, "statussen", i, "code"), f'geen status leidt naar "{status.code}"')
        if "ondertekend" in status.vereist and not document.handtekeningen:
            yield Bevinding((*pad, "statussen", i, "vereist"), "dit document heeft geen handtekeningen")


def documenten(profiel: "Profiel") -> Iterator[Bevinding]:
    """Papers: the fixed ones are there, codes are unique, choices and statuses hang together."""
    aanwezig = {document.code for document in profiel.documenten}
    for code in VERPLICHTE_DOCUMENTEN:
        if code not in aanwezig:
            yield Bevinding(("documenten",), f'het document "{code}" ontbreekt')
    for i, document in enumerate(profiel.documenten):
        yield from _document(("documenten", i), document)
        yield from dubbel((v.code for v in document.vervolg), ("documenten", i, "vervolg"), "het vervolg")
        for j, vervolg in enumerate(document.vervolg):
            yield from _vervolg(("documenten", i, "vervolg", j), profiel, document, vervolg)


def _vervolg(pad: Pad, profiel: "Profiel", document: Document, vervolg: Vervolg) -> Iterator[Bevinding]:
    """What follows from a paper points at terms, questions and papers that exist, and can be done."""
    termijnen = {termijn.code for termijn in profiel.termijnen}
    for sleutel in ("termijn", "verlenging"):
        code = getattr(vervolg, sleutel)
        if code is not None and code not in termijnen:
            yield Bevinding((*pad, sleutel), f'termijn "{code}" bestaat niet')
    ander = next((d for d in profiel.documenten if d.code == vervolg.papier), None)
    if vervolg.papier is not None and (ander is None or ander.per != "leerling"):
        yield Bevinding((*pad, "papier"), f'een document "{vervolg.papier}" over een leerling bestaat niet')
    if vervolg.klaar is None and vervolg.papier is None:
        yield Bevinding((*pad, "klaar"), "zeg met klaar of met papier wanneer het gedaan is")
    plekken = [
        ("op", vervolg.op, "datum", document),
        ("verlengd", vervolg.verlengd, "janee", document),
        ("klaar", vervolg.klaar, "", document),
        ("bij", vervolg.bij.vraag if vervolg.bij else None, "", document),
        ("papier_dag", vervolg.papier_dag, "datum", ander),
        ("stopt", vervolg.stopt.vraag if vervolg.stopt else None, "", ander),
    ]
    if vervolg.vanaf not in (BEGIN, VASTGESTELD):
        plekken.append(("vanaf", vervolg.vanaf, "datum", document))
    for sleutel, plek, soort, waar in plekken:
        if plek is None or waar is None:
            continue
        vraag = _vraag_op(waar, plek)
        if vraag is None:
            yield Bevinding((*pad, sleutel), f'de vraag "{plek}" bestaat niet')
        elif soort and vraag.soort != soort:
            yield Bevinding((*pad, sleutel), f'de vraag "{plek}" is geen {"datum" if soort == "datum" else "janee"}')
    for sleutel, gegeven, waar in (("bij", vervolg.bij, document), ("stopt", vervolg.stopt, ander)):
        vraag = _vraag_op(waar, gegeven.vraag) if gegeven and waar else None
        if vraag and gegeven and vraag.keuzes and {*gegeven.antwoord} - {*vraag.keuzes}:
            yield Bevinding((*pad, sleutel, "antwoord"), f'de vraag "{gegeven.vraag}" kent dit antwoord niet')


def _vraag_op(document: Document, plek: str) -> Vraag | None:
    sectiecode, _, vraagcode = plek.partition(".")
    for sectie in document.secties:
        if sectie.code == sectiecode:
            return next((vraag for vraag in sectie.vragen if vraag.code == vraagcode), None)
    return None


def meten(profiel: "Profiel") -> Iterator[Bevinding]:
    """Scales, instruments and signals point at what exists."""
    vakken = {vak.code for vak in profiel.vakgebieden}
    schalen = {schaal.code: schaal for schaal in profiel.schalen}
    momenten = {moment.code for moment in profiel.begrippen.toetsmomenten}
    for i, schaal in enumerate(profiel.schalen):
        grenzen = schaal.ondergrens_percentiel
        if grenzen and (len(grenzen) != len(schaal.niveaus) or list(grenzen) != sorted(grenzen, reverse=True)):
            yield Bevinding(
                ("schalen", i, "ondergrens_percentiel"),
                "geef voor elk niveau een ondergrens, van hoog naar laag",
            )
        for j, verfijning in enumerate(schaal.verfijningen):
            if verfijning.van not in schaal.niveaus or verfijning.naam in schaal.niveaus:
                yield Bevinding(("schalen", i, "verfijningen", j), "een verfijning is een deel van een niveau")
    for i, norm in enumerate(profiel.schoolnormen):
        if norm.schaal not in schalen:
            yield Bevinding(("schoolnormen", i, "schaal"), f'schaal "{norm.schaal}" bestaat niet')
        elif norm.minstens not in schalen[norm.schaal].niveaus:
            yield Bevinding(
                ("schoolnormen", i, "minstens"), f'schaal "{norm.schaal}" kent geen niveau "{norm.minstens}"'
            )
    for i, instrument in enumerate(profiel.instrumenten):
        for j, vak in enumerate(instrument.vakgebieden):
            if vak not in vakken:
                yield Bevinding(("instrumenten", i, "vakgebieden", j), f'vakgebied "{vak}" bestaat niet')
        if instrument.schaal is not None and instrument.schaal not in schalen:
            yield Bevinding(("instrumenten", i, "schaal"), f'schaal "{instrument.schaal}" bestaat niet')
        for j, moment in enumerate(instrument.momenten):
            if moment not in momenten:
                yield Bevinding(("instrumenten", i, "momenten", j), f'toetsmoment "{moment}" bestaat niet')
    for i, signaal in enumerate(profiel.signalering):
        for j, vak in enumerate(signaal.vakgebieden):
            if vak not in vakken:
                yield Bevinding(("signalering", i, "vakgebieden", j), f'vakgebied "{vak}" bestaat niet')
        code = getattr(signaal, "schaal", None)
        if code is not None:
            if code not in schalen:
                yield Bevinding(("signalering", i, "schaal"), f'schaal "{code}" bestaat niet')
            else:
                for j, naam in enumerate(getattr(signaal, "niveaus", ())):
                    if naam not in schalen[code].niveaus:
                        yield Bevinding(("signalering", i, "niveaus", j), f'schaal "{code}" kent geen niveau "{naam}"')


def jaarcyclus(profiel: "Profiel") -> Iterator[Bevinding]:
    """Activities of the year point at meeting kinds, papers and test moments that exist."""
    besprekingen = {bespreking.code for bespreking in profiel.bespreking}
    documenten = {document.code for document in profiel.documenten}
    momenten = {moment.code for moment in profiel.begrippen.toetsmomenten}
    rijen = {activiteit.code for activiteit in profiel.jaarcyclus}
    niveaus = {niveau.code for niveau in profiel.niveau}
    for i, activiteit in enumerate(profiel.jaarcyclus):
        if activiteit.na is not None and activiteit.na not in rijen - {activiteit.code}:
            yield Bevinding(("jaarcyclus", i, "na"), f'activiteit "{activiteit.na}" bestaat niet')
        keuze = activiteit.leerlingen
        if keuze is not None and activiteit.per != "leerling":
            yield Bevinding(("jaarcyclus", i, "leerlingen"), "kan alleen bij een activiteit per leerling")
        if keuze is not None and keuze.vanaf_niveau is not None and keuze.vanaf_niveau not in niveaus:
            yield Bevinding(
                ("jaarcyclus", i, "leerlingen", "vanaf_niveau"), f'niveau "{keuze.vanaf_niveau}" bestaat niet'
            )
        if activiteit.bespreking is not None and activiteit.bespreking not in besprekingen:
            yield Bevinding(("jaarcyclus", i, "bespreking"), f'bespreking "{activiteit.bespreking}" bestaat niet')
        if activiteit.document is not None and activiteit.document not in documenten:
            yield Bevinding(("jaarcyclus", i, "document"), f'document "{activiteit.document}" bestaat niet')
        for sleutel, karweien in (("voorbereiding", activiteit.voorbereiding), ("nazorg", activiteit.nazorg)):
            for j, karwei in enumerate(karweien):
                if karwei.document is not None and karwei.document not in documenten:
                    yield Bevinding(
                        ("jaarcyclus", i, sleutel, j, "document"), f'document "{karwei.document}" bestaat niet'
                    )
        moment = getattr(activiteit.tijdstip, "moment", None)
        if moment is not None and moment not in momenten:
            yield Bevinding(("jaarcyclus", i, "tijdstip", "moment"), f'toetsmoment "{moment}" bestaat niet')
