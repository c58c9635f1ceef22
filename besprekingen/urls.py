"""Addresses under /besprekingen/, with those of one pupil."""

from django.urls import path

from besprekingen.views import bespreking, lijst, oudergesprekken, punt, rapport, zorg

app_name = "besprekingen"
urlpatterns = [
    path("", lijst.lijst, name="lijst"),
    path("nieuw/", lijst.plannen, name="plannen"),
    path("groepen/<int:groep_id>/plannen/", lijst.groepsbespreking, name="groepsbespreking"),
    path("groepen/<int:groep_id>/gesprekken/", oudergesprekken.groep, name="oudergesprekken"),
    path("<int:bespreking_id>/", bespreking.bespreking, name="bespreking"),
    path("<int:bespreking_id>/uitnodigen/", bespreking.uitnodigen, name="uitnodigen"),
    path("<int:bespreking_id>/inbrengen/", bespreking.inbrengen, name="inbrengen"),
    path("<int:bespreking_id>/zonder-naam/", bespreking.zonder_naam, name="zonder_naam"),
    path("<int:bespreking_id>/onderwerp/", bespreking.onderwerp, name="onderwerp"),
    path("<int:bespreking_id>/afspraak/", bespreking.afspraak, name="afspraak"),
    path("<int:bespreking_id>/leden/", bespreking.leden, name="leden"),
    path("<int:bespreking_id>/leiding/", bespreking.leiding, name="leiding"),
    path("<int:bespreking_id>/verzetten/", bespreking.verzetten, name="verzetten"),
    path("<int:bespreking_id>/houden/", bespreking.houden, name="houden"),
    path("<int:bespreking_id>/afzeggen/", bespreking.afzeggen, name="afzeggen"),
    path("deelnemers/<int:deelnemer_id>/weg/", bespreking.deelnemer_weg, name="deelnemer_weg"),
    path("punten/<int:punt_id>/doel/", punt.doel, name="doel"),
    path("punten/<int:punt_id>/besluit/", punt.besluit, name="besluit"),
    path("punten/<int:punt_id>/actie/", punt.actie, name="actie"),
    path("punten/<int:punt_id>/ouders/", punt.ouders_vragen, name="ouders_vragen"),
    path("punten/<int:punt_id>/weg/", punt.punt_weg, name="punt_weg"),
    path("punten/<int:punt_id>/buiten/", punt.buiten, name="buiten"),
    path("punten/<int:punt_id>/meelezen/", punt.meelezen, name="meelezen"),
    path("acties/<int:actie_id>/klaar/", punt.actie_klaar, name="actie_klaar"),
    path("evaluaties/<int:evaluatie_id>/", punt.evalueren, name="evalueren"),
    path("evaluaties/<int:evaluatie_id>/weg/", punt.doel_weg, name="doel_weg"),
    path("leerlingen/<int:leerling_id>/", zorg.leerling, name="leerling"),
    path("leerlingen/<int:leerling_id>/nieuw/", lijst.nieuw, name="nieuw"),
    path("leerlingen/<int:leerling_id>/zorg/", zorg.zorg, name="zorg"),
    path("leerlingen/<int:leerling_id>/niveau/", zorg.niveau, name="niveau"),
    path("leerlingen/<int:leerling_id>/gesprek/", zorg.gesprek, name="gesprek"),
    path("leerlingen/<int:leerling_id>/onderzoek/", zorg.onderzoek, name="onderzoek"),
    path("leerlingen/<int:leerling_id>/instantie/", zorg.instantie, name="instantie"),
    path("leerlingen/<int:leerling_id>/toestemming/", zorg.vragen, name="vragen"),
    path("leerlingen/<int:leerling_id>/rapport/", rapport.rapport, name="rapport"),
    path("onderzoeken/<int:onderzoek_id>/uitslag/", zorg.uitslag, name="uitslag"),
    path("toestemmingen/<int:toestemming_id>/papier/", zorg.op_papier, name="op_papier"),
    path("rapporten/<int:rapport_id>/", rapport.rapport_stand, name="rapport_stand"),
]
