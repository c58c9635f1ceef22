"""Who sees which rows, for every model of this floor: each says by which path it reaches the rule in toegang.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from leerlingen import toegang
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import BeperkteManager, BeperkteQuerySet, Recht, in_lijst

Ids = list[Any]
VERTROUWD = ("evalueren", "papier", "voorbereiden", "zorgroute")
"""Kinds of task about a pupil that lead to confidential papers and minutes: not for a substitute."""
VOORBIJ = timedelta(hours=12)
"""So long after the end of a day by UTC it is over wherever a school stands."""


def tot_en_met(plafond: str) -> list[str]:
    """The levels of confidentiality up to and including this one."""
    from leerlingen.models import Vertrouwelijkheid

    return Vertrouwelijkheid.tot_en_met(plafond)


class LeerlingQuerySet(BeperkteQuerySet[Any]):
    """Pupils."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        return [bron.leerlingen for bron in toegang.leerlingbronnen(gebruiker, recht, dag, scholen)]

    def ingeschreven_op(self, dag: date) -> LeerlingQuerySet:
        """Pupils who are at school on this day."""
        return self.filter(ingeschreven__contains=dag)

    def zoek(self, tekst: str) -> LeerlingQuerySet:
        """Every word is the start of a word of the name, whatever accents or capitals."""
        from leerlingen.namen import zoeksleutel

        gevonden = self
        for woord in zoeksleutel(tekst).split()[:6]:
            gevonden = gevonden.filter(Q(zoeknaam__startswith=woord) | Q(zoeknaam__contains=f" {woord}"))
        return gevonden


class GroepQuerySet(BeperkteQuerySet[Any]):
    """Groups."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        return toegang.groepbronnen(gebruiker, recht, dag, scholen)

    def van_dag(self, dag: date) -> GroepQuerySet:
        """Groups of the school year that runs on this day."""
        return self.filter(schooljaar__periode__contains=dag)


class VanLeerlingQuerySet(BeperkteQuerySet[Any]):
    """Rows about one pupil, as visible as the pupil."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        return [alle.filter(leerling__in=bron.leerlingen).values("pk") for bron in bronnen]


class VanGezinQuerySet(VanLeerlingQuerySet):
    """Rows about the family of a pupil: a specialist meets every pupil for one subject, not their parents."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        return [alle.filter(leerling__in=bron.leerlingen).values("pk") for bron in bronnen if bron.vakgebieden is None]


class PlaatsingQuerySet(VanLeerlingQuerySet):
    """Placements."""

    def op_dag(self, dag: date) -> PlaatsingQuerySet:
        return self.filter(periode__contains=dag)


class DossierstukQuerySet(BeperkteQuerySet[Any]):
    """Pieces of dossiers."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        return toegang.stukbronnen(gebruiker, recht, dag, scholen)

    def gedeeld_met(self, gebruiker: Gebruiker) -> DossierstukQuerySet:
        """Those to which this user has access by name now, each with until when as `gedeeld_tot`."""
        nu = klok.nu()
        eigen = {"rechten__user": gebruiker, "rechten__geldig_van__lte": nu, "rechten__geldig_tot__gt": nu}
        gedeeld: DossierstukQuerySet = self.filter(**eigen).annotate(gedeeld_tot=F("rechten__geldig_tot"))
        return gedeeld


class VanStukQuerySet(BeperkteQuerySet[Any]):
    """Rows that hang on a piece, as visible as the piece."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        return [alle.filter(stuk__in=ids).values("pk") for ids in toegang.stukbronnen(gebruiker, recht, dag, scholen)]


class DocumentQuerySet(BeperkteQuerySet[Any]):
    """Documents: through their piece, through their groups up to a confidentiality, or as papers of the school."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        ids = [alle.filter(stuk__in=stuk).values("pk") for stuk in toegang.stukbronnen(gebruiker, recht, dag, scholen)]
        if recht == Recht.MEELEZEN:
            return ids
        ids += [
            alle.filter(groepen__groep__in=groep, vertrouwelijkheid__in=tot_en_met(plafond)).values("pk")
            for groep, plafond in toegang.groepen_met_plafond(gebruiker, recht, dag, scholen)
        ]
        return ids + toegang.schoolpapierbronnen(gebruiker, recht, dag, scholen)


class AntwoordQuerySet(BeperkteQuerySet[Any]):
    """Parts of a document; a row about one pupil inside a group's document is filtered by that pupil too.

    A specialist meets every pupil for some subjects: of them only the rows in papers of those subjects.
    """

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Document

        alle = self.model.objects.van_scholen(scholen).order_by()
        documenten = Document.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        if not any(veld.name == "leerling" for veld in self.model._meta.get_fields()):
            return [alle.filter(in_lijst("document", documenten)).values("pk")]
        # the rule of documents once, not once for every way to a pupil: that took a second to plan
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        eerste, *rest = [bron.leerlingen for bron in bronnen if bron.vakgebieden is None]
        leerlingen = eerste.union(*rest, all=True) if rest else eerste
        over = Q(leerling__isnull=True) | Q(in_lijst("leerling", leerlingen))
        for bron in bronnen:
            if bron.vakgebieden is not None:
                van_vak = in_lijst("document__vakgebied", bron.vakgebieden)
                over |= Q(in_lijst("leerling", bron.leerlingen)) & Q(van_vak)
        return [alle.filter(over, in_lijst("document", documenten)).values("pk")]


class PersoonQuerySet(BeperkteQuerySet[Any]):
    """People: colleagues see each other, staff see the parents of their pupils, everybody sees themselves."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Aanstelling, Ouderschap

        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht in (Recht.BEHEREN, Recht.WIJZIGEN):
            bij = toegang.aanstellingen(gebruiker, dag, scholen, "beheerder", "directeur").order_by().values("school")
            return [alle.filter(school__in=bij).values("pk")]
        zelf = alle.filter(gebruiker=gebruiker).values("pk")
        if recht != Recht.INZIEN:
            return [zelf]
        bij = toegang.aanstellingen(gebruiker, dag, scholen, *toegang.COLLEGAS).order_by().values("school")
        team = Aanstelling.objects.van_scholen(scholen).filter(school__in=bij, periode__contains=dag)
        ids = [zelf, team.order_by().values("persoon")]
        ouders = Ouderschap.objects.van_scholen(scholen).order_by()
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        return ids + [
            ouders.filter(leerling__in=bron.leerlingen).values("persoon")
            for bron in bronnen
            if bron.vakgebieden is None
        ]


class TeamQuerySet(BeperkteQuerySet[Any]):
    """Appointments and assignments: colleagues see who does what; the administrator and director manage them."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.INZIEN:
            bij = toegang.aanstellingen(gebruiker, dag, scholen, *toegang.COLLEGAS).order_by().values("school")
        else:
            bij = toegang.aanstellingen(gebruiker, dag, scholen, "beheerder", "directeur").order_by().values("school")
        return [alle.filter(school__in=bij).values("pk")]

    def lopend(self, dag: date) -> TeamQuerySet:
        """Those that run on this day."""
        return self.filter(periode__contains=dag)


class OuderschapQuerySet(VanGezinQuerySet):
    """Parenthoods: staff see those of their pupils, a parent only their own."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        if recht == Recht.MEELEZEN:
            alle = self.model.objects.van_scholen(scholen).order_by()
            return [alle.filter(persoon__gebruiker=gebruiker, gezag="ja", periode__contains=dag).values("pk")]
        return super().zichtbare_ids(gebruiker, recht, dag, scholen)


class ToestemmingQuerySet(VanGezinQuerySet):
    """Requests for consent: as visible as the pupil, for staff and for the parents."""


class VanToestemmingQuerySet(BeperkteQuerySet[Any]):
    """Answers and named pieces: staff see all of a visible request, a parent only their own answers."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.MEELEZEN and hasattr(self.model, "persoon"):
            alle = alle.filter(persoon__gebruiker=gebruiker)
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        return [
            alle.filter(toestemming__leerling__in=bron.leerlingen).values("pk")
            for bron in bronnen
            if bron.vakgebieden is None
        ]


class OuderdeelQuerySet(BeperkteQuerySet[Any]):
    """Requests for the parents' own part: staff see those of a paper they see, a parent their own of their child."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Document

        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.MEELEZEN:
            eigen = alle.filter(persoon__gebruiker=gebruiker)
            bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
            return [eigen.filter(document__stuk__leerling__in=bron.leerlingen).values("pk") for bron in bronnen]
        documenten = Document.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [alle.filter(in_lijst("document", documenten)).values("pk")]


class OuderantwoordQuerySet(BeperkteQuerySet[Any]):
    """What a parent wrote and may not have sent in: for that parent alone, never for the school."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Ouderdeel

        if recht != Recht.MEELEZEN:
            return []
        delen = Ouderdeel.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [self.model.objects.van_scholen(scholen).order_by().filter(ouderdeel__in=delen).values("pk")]


class InzageverzoekQuerySet(BeperkteQuerySet[Any]):
    """Requests to look into the file: a parent sees their own about their child; who may grant answers them."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        welk = Recht.MEELEZEN if recht == Recht.MEELEZEN else Recht.VERLENEN
        if recht == Recht.MEELEZEN:
            alle = alle.filter(persoon__gebruiker=gebruiker)
        bronnen = toegang.leerlingbronnen(gebruiker, welk, dag, scholen)
        return [alle.filter(leerling__in=bron.leerlingen).values("pk") for bron in bronnen]


class RechtQuerySet(BeperkteQuerySet[Any]):
    """Grants: seen by who may grant (ib'er, director)."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        rollen = [rol for rol, rechten in toegang.SCHOOLBREED.items() if Recht.VERLENEN in rechten]
        bij = toegang.aanstellingen(gebruiker, dag, scholen, *rollen).order_by().values("school")
        return [self.model.objects.van_scholen(scholen).order_by().filter(school__in=bij).values("pk")]

    def geldig(self) -> RechtQuerySet:
        """Those that hold at this moment."""
        return self.filter(geldig_van__lte=klok.nu(), geldig_tot__gt=klok.nu())


class InrichtingQuerySet(BeperkteQuerySet[Any]):
    """How the school is set up: known to everyone who may come in; changed by administrator, director and ib'er."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.INZIEN:
            return [alle.values("pk")]
        bij = toegang.aanstellingen(gebruiker, dag, scholen, "beheerder", "directeur", "ib").order_by().values("school")
        return [alle.filter(school__in=bij).values("pk")]


class ImportQuerySet(InrichtingQuerySet):
    """Uploaded files hold names of pupils: only for who may read them in."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        return super().zichtbare_ids(gebruiker, Recht.BEHEREN, dag, scholen)


class VernietigingQuerySet(InrichtingQuerySet):
    """Proofs of what was destroyed: for who answers for it."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        return super().zichtbare_ids(gebruiker, Recht.BEHEREN, dag, scholen)


class TaakQuerySet(BeperkteQuerySet[Any]):
    """To-dos: one's own, what came with a role one has today, and those of the groups one teaches today.

    Nothing is left behind when people or pupils move on: what belongs to a role is for who has it once the first one
    has not, and what a group's teachers do about a pupil is for those of the group in which the pupil is now.
    """

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Aanstelling, Plaatsing, Toewijzing

        alle = self.model.objects.van_scholen(scholen).order_by()

        def groepen(*rollen: str) -> Any:
            eigen = Toewijzing.objects.van_scholen(scholen).filter(
                persoon__gebruiker=gebruiker, rol__in=rollen, periode__contains=dag
            )
            return eigen.order_by().values("groep")

        def over_leerlingen(rol: str) -> Any:
            nu = Plaatsing.objects.van_scholen(scholen).filter(
                groep__in=groepen(rol), stamgroep=True, periode__contains=dag
            )
            return alle.filter(groep__isnull=False, leerling__in=nu.order_by().values("leerling"))

        in_rol = Aanstelling.objects.van_scholen(scholen).filter(
            school=OuterRef("school"), rol=OuterRef("rol"), periode__contains=dag
        )
        eigen, van_een_rol = alle.filter(persoon__gebruiker=gebruiker), alle.exclude(rol="")
        overgegaan = van_een_rol.exclude(Exists(in_rol.filter(persoon=OuterRef("persoon"))))
        return [
            eigen.filter(rol="").values("pk"),
            eigen.filter(Exists(in_rol.filter(persoon=OuterRef("persoon")))).values("pk"),
            overgegaan.filter(Exists(in_rol.filter(persoon__gebruiker=gebruiker))).values("pk"),
            alle.filter(groep__in=groepen("leerkracht", "vervanger"), leerling__isnull=True).values("pk"),
            over_leerlingen("leerkracht").values("pk"),
            over_leerlingen("vervanger").exclude(soort__in=VERTROUWD).values("pk"),
        ]

    def open(self) -> TaakQuerySet:
        """Still to be done, most urgent first. To come to a meeting of yesterday is nobody's to do any more."""
        voorbij = (klok.nu() - VOORBIJ).date()
        return (
            self.filter(klaar_op__isnull=True, vervallen_op__isnull=True)
            .exclude(soort="uitnodiging", voor__lt=voorbij)
            .order_by(F("voor").asc(nulls_last=True), "pk")
        )


LeerlingManager = BeperkteManager.from_queryset(LeerlingQuerySet)
GroepManager = BeperkteManager.from_queryset(GroepQuerySet)
VanLeerlingManager = BeperkteManager.from_queryset(VanLeerlingQuerySet)
PlaatsingManager = BeperkteManager.from_queryset(PlaatsingQuerySet)
DossierstukManager = BeperkteManager.from_queryset(DossierstukQuerySet)
VanStukManager = BeperkteManager.from_queryset(VanStukQuerySet)
DocumentManager = BeperkteManager.from_queryset(DocumentQuerySet)
AntwoordManager = BeperkteManager.from_queryset(AntwoordQuerySet)
PersoonManager = BeperkteManager.from_queryset(PersoonQuerySet)
AanstellingManager = BeperkteManager.from_queryset(TeamQuerySet)
ToewijzingManager = BeperkteManager.from_queryset(TeamQuerySet)
OuderschapManager = BeperkteManager.from_queryset(OuderschapQuerySet)
ToestemmingManager = BeperkteManager.from_queryset(ToestemmingQuerySet)
VanToestemmingManager = BeperkteManager.from_queryset(VanToestemmingQuerySet)
InzageverzoekManager = BeperkteManager.from_queryset(InzageverzoekQuerySet)
OuderdeelManager = BeperkteManager.from_queryset(OuderdeelQuerySet)
OuderantwoordManager = BeperkteManager.from_queryset(OuderantwoordQuerySet)
RechtManager = BeperkteManager.from_queryset(RechtQuerySet)
InrichtingManager = BeperkteManager.from_queryset(InrichtingQuerySet)
ImportManager = BeperkteManager.from_queryset(ImportQuerySet)
VernietigingManager = BeperkteManager.from_queryset(VernietigingQuerySet)
TaakManager = BeperkteManager.from_queryset(TaakQuerySet)
