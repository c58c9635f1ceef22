"""The sources of this floor and the ones below: pupil, results, levels of care, plans, earlier papers."""

from __future__ import annotations

from collections.abc import Mapping

from leerlingen.models import Antwoord, Document, Ouderschap, Zorgniveauperiode
from leerlingen.termijn import binnen
from leerlingen.vraagsoorten import leesbaar
from plannen.bronnen import resultaten
from plannen.bronnen.basis import Bron, Bronvraag, Gevonden, vraag_van
from plannen.models import Indeling
from zorg.kern.tekst import datum


def gegevens(v: Bronvraag) -> Gevonden | None:
    """Name, date of birth, group."""
    plaatsing = v.plaatsing
    regels = [v.leerling.naam]
    if v.leerling.geboortedatum:
        regels.append(f"geboren op {datum(v.leerling.geboortedatum)}")
    if plaatsing is not None:
        regels.append(f"groep {plaatsing.groep.naam}")
    if v.leerling.ingeschreven.lower:
        regels.append(f"op school sinds {datum(v.leerling.ingeschreven.lower)}")
    return Gevonden("\n".join(regels), "uit de leerlinggegevens")


def jaargroep(v: Bronvraag) -> Gevonden | None:
    """The year group as the school calls it."""
    plaatsing = v.plaatsing
    if plaatsing is None or not plaatsing.jaargroep.isdecimal():
        return None
    return Gevonden(v.profiel.jaargroepnaam(int(plaatsing.jaargroep)), "uit de leerlinggegevens")


def schoolloopbaan(v: Bronvraag) -> Gevonden | None:
    """The groups, year by year."""
    regels = [f"{rij.groep.schooljaar}: groep {rij.groep.naam}" for rij in v.plaatsingen]
    return Gevonden("\n".join(regels), "uit de groepen van de leerling") if regels else None


def ouders(v: Bronvraag) -> Gevonden | None:
    """Who the parents are, and who has authority."""
    rijen = (
        Ouderschap.objects.zichtbaar_voor(v.door)
        .filter(leerling=v.leerling, periode__contains=v.dag)
        .select_related("persoon")
        .order_by("persoon__sorteernaam")
    )
    gezag = {"ja": "met gezag", "nee": "zonder gezag", "onbekend": "gezag onbekend"}
    regels = [f"{rij.persoon.naam} ({rij.relatie}, {gezag[rij.gezag]})" for rij in rijen]
    return Gevonden("\n".join(regels), "uit de gegevens van de ouders") if regels else None


def niveau_verloop(v: Bronvraag) -> Gevonden | None:
    """The levels of care, oldest first."""
    namen = {niveau.code: niveau.naam for niveau in v.profiel.niveau}
    rijen = Zorgniveauperiode.objects.zichtbaar_voor(v.door).filter(leerling=v.leerling).order_by("periode")
    regels = [f"vanaf {datum(rij.periode.lower)}: {namen.get(rij.niveau, rij.niveau)}" for rij in rijen]
    return (
        Gevonden("\n".join(regels), f"uit het verloop van het {v.profiel.begrippen.woorden.niveau}") if regels else None
    )


# -- plans and earlier papers ----------------------------------------------------------------------------------------


def plannen_overzicht(v: Bronvraag) -> Gevonden | None:
    """In which arrangements the pupil sat, and which plans of their own there were."""
    vakken = {vak.code: vak.naam for vak in v.profiel.vakgebieden}
    arrangementen = {arrangement.code: arrangement.naam for arrangement in v.profiel.arrangementen}
    plaatsen = (
        Indeling.objects.zichtbaar_voor(v.door)
        .filter(leerling=v.leerling, plan__vervallen_op__isnull=True)
        .exclude(plan__document__status=Document.Status.CONCEPT)
        .select_related("plan")
        .order_by("plan__periode")
    )
    regels = [
        f"{vakken.get(rij.plan.vak, rij.plan.vak)} vanaf {datum(rij.plan.periode.lower)}: "
        f"{arrangementen[rij.arrangement].lower()}"
        for rij in plaatsen
    ]
    soorten = {d.code: d.naam for d in v.profiel.documenten if d.soort in ("handelingsplan", "opp")}
    eigen = (
        Document.objects.zichtbaar_voor(v.door)
        .filter(
            soort__in=soorten,
            stuk__leerling=v.leerling,
            stuk__vertrouwelijkheid__in=v.niveaus,
            stuk__in_kring=False,
            stuk__ingetrokken_op__isnull=True,
        )
        .exclude(status=Document.Status.CONCEPT)
        .select_related("stuk")
        .order_by("stuk__datum")
    )
    regels += [f"{soorten[rij.soort]} van {datum(rij.stuk.datum)}" for rij in eigen if rij.stuk]
    return Gevonden("\n".join(regels), "uit de plannen") if regels else None


def onderwijsbehoeften(v: Bronvraag) -> Gevonden | None:
    """As an earlier paper has them, else as the group plans have them, per subject."""
    return _eerder("onderwijsbehoeften")(v) or _uit_groepsplannen(v)


def _uit_groepsplannen(v: Bronvraag) -> Gevonden | None:
    plaatsen = Indeling.objects.zichtbaar_voor(v.door).filter(leerling=v.leerling, plan__vervallen_op__isnull=True)
    vakken = {vak.code: vak.naam for vak in v.profiel.vakgebieden}
    rijen = (
        Antwoord.objects.zichtbaar_voor(v.door)
        .filter(
            leerling=v.leerling,
            vraagcode="onderwijsbehoeften",
            document__groepsplan__in=plaatsen.order_by().values("plan"),
        )
        .exclude(tekst="")
        .select_related("document__groepsplan")
        .order_by("document__groepsplan__periode")
    )
    per_vak = {rij.document.groepsplan.vak: rij.tekst for rij in rijen}
    regels = [f"{vakken.get(vak, vak)}: {tekst}" for vak, tekst in per_vak.items()]
    return Gevonden("\n".join(regels), "uit de groepsplannen") if regels else None


def _eerder(bron: str, eerst: str = "") -> Bron:
    """The newest answer of an earlier paper to a question with this source; all of them when it asks more often.

    `eerst` is the code of the question where it is said first, which has no source itself.
    """

    def zoek(v: Bronvraag) -> Gevonden | None:
        rijen = [
            rij
            for rij, gevonden in v.antwoorden
            if (gevonden == bron or rij.vraagcode == eerst) and rij.document.stuk is not None
        ]
        if not rijen or rijen[0].document.stuk is None:
            return None
        zelfde = [rij for rij in rijen if rij.document_id == rijen[0].document_id]
        tekst = rijen[0].tekst if len(zelfde) == 1 else "\n".join(_met_vraag(rij, altijd=True) for rij in zelfde)
        naam = v.documentnaam(rijen[0].document.soort)
        return Gevonden(tekst, f"uit {naam} van {datum(rijen[0].document.stuk.datum)}")

    return zoek


def _laatste_stuk(code: str) -> Bron:
    """All answers of the newest paper of this kind, as its questions and answers."""

    def zoek(v: Bronvraag) -> Gevonden | None:
        eerste = next((rij for rij, _ in v.antwoorden if rij.document.soort == code), None)
        if eerste is None or eerste.document.stuk is None:
            return None
        document = v.profiel.zoek_document(code)
        teksten = {
            (rij.sectiecode, rij.vraagcode): rij.tekst
            for rij, _ in v.antwoorden
            if rij.document_id == eerste.document_id
        }
        regels = [
            f"{vraag.tekst.rstrip('?')}: {teksten[sectie.code, vraag.code]}"
            for sectie in document.secties
            for vraag in sectie.vragen
            if vraag.soort == "lang" and (sectie.code, vraag.code) in teksten
        ]
        bron = f"uit {v.documentnaam(code)} van {datum(eerste.document.stuk.datum)}"
        return Gevonden("\n".join(regels), bron) if regels else None

    return zoek


def plan_vorige_evaluatie(v: Bronvraag) -> Gevonden | None:
    """What the evaluation of the newest individual plan says."""
    soorten = {d.code for d in v.profiel.documenten if d.soort in ("handelingsplan", "opp")}
    rijen = [rij for rij, _ in v.antwoorden if rij.document.soort in soorten and rij.sectiecode.startswith("evaluatie")]
    if not rijen or rijen[0].document.stuk is None:
        return None
    eigen = [_met_vraag(rij) for rij in rijen if rij.document_id == rijen[0].document_id]
    naam = v.documentnaam(rijen[0].document.soort)
    return Gevonden("\n".join(eigen), f"uit de evaluatie van {naam} van {datum(rijen[0].document.stuk.datum)}")


def _met_vraag(rij: Antwoord, *, altijd: bool = False) -> str:
    """A text speaks for itself; a day, a number or a choice needs its question, and so does a text among others."""
    vraag = vraag_van(rij)
    if vraag is None or (vraag.soort == "lang" and not altijd):
        return rij.tekst
    return f"{vraag.tekst.rstrip('?')}: {leesbaar(vraag, rij.tekst)}"


def vandaag(v: Bronvraag) -> Gevonden | None:
    """The day on which the paper is begun."""
    return Gevonden(v.dag.isoformat(), "de dag waarop u begon")


def einde_termijn(v: Bronvraag) -> Gevonden | None:
    """The last day of the first thing that follows from this paper, counted from today (A-48)."""
    vorm = v.profiel.zoek_document(v.soort)
    if not vorm.vervolg:
        return None
    termijn = v.profiel.zoek_termijn(vorm.vervolg[0].termijn)
    laatste = binnen(v.dag, termijn.aantal, termijn.eenheid).datum
    return Gevonden(laatste.isoformat(), f"{termijn.aantal} {termijn.eenheid} vanaf {datum(v.dag)}")


EIGEN: Mapping[str, Bron] = {
    "einde_termijn": einde_termijn,
    "vandaag": vandaag,
    "factoren_belemmerend": _eerder("factoren_belemmerend"),
    "factoren_bevorderend": _eerder("factoren_bevorderend"),
    "gesprek_kind_laatste": _laatste_stuk("kindgesprek"),
    "gesprek_ouders_laatste": _laatste_stuk("oudergesprek"),
    "leerling_eigen_woorden": _eerder("leerling_eigen_woorden", "eigen_woorden"),
    "leerling_gegevens": gegevens,
    "leerling_jaargroep": jaargroep,
    "leerling_ouders": ouders,
    "leerling_protocollen": _eerder("leerling_protocollen"),
    "leerling_schoolloopbaan": schoolloopbaan,
    "niveau_verloop": niveau_verloop,
    "onderwijsbehoeften": onderwijsbehoeften,
    "opp_uitstroom": _eerder("opp_uitstroom"),
    "plan_vorig_doel": _eerder("plan_vorig_doel"),
    "plan_vorige_evaluatie": plan_vorige_evaluatie,
    "plannen_overzicht": plannen_overzicht,
    "resultaten_groei": resultaten.groei,
    "resultaten_laatste": resultaten.laatste,
    "resultaten_methode": resultaten.methode,
    "resultaten_overzicht": resultaten.overzicht,
    "resultaten_sociaal_emotioneel": resultaten.sociaal_emotioneel,
    "signalen": resultaten.signalen_nu,
}
"""By the names of the profile (leerlingen.profiel.papier.Bron)."""
