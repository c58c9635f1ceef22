"""Addresses under /besprekingen/, with those of one pupil."""

from django.urls import path

from besprekingen.views import bespreking, zorg

app_name = "besprekingen"
urlpatterns = [
    path("", bespreking.lijst, name="lijst"),
    path("<int:bespreking_id>/", bespreking.bespreking, name="bespreking"),
    path("<int:bespreking_id>/inbrengen/", bespreking.inbrengen, name="inbrengen"),
    path("<int:bespreking_id>/verzetten/", bespreking.verzetten, name="verzetten"),
    path("<int:bespreking_id>/houden/", bespreking.houden, name="houden"),
    path("<int:bespreking_id>/afzeggen/", bespreking.afzeggen, name="afzeggen"),
    path("groepen/<int:groep_id>/plannen/", bespreking.groepsbespreking, name="groepsbespreking"),
    path("punten/<int:punt_id>/doel/", bespreking.doel, name="doel"),
    path("punten/<int:punt_id>/besluit/", bespreking.besluit, name="besluit"),
    path("punten/<int:punt_id>/actie/", bespreking.actie, name="actie"),
    path("acties/<int:actie_id>/klaar/", bespreking.actie_klaar, name="actie_klaar"),
    path("evaluaties/<int:evaluatie_id>/", bespreking.evalueren, name="evalueren"),
    path("leerlingen/<int:leerling_id>/", zorg.leerling, name="leerling"),
    path("leerlingen/<int:leerling_id>/nieuw/", bespreking.nieuw, name="nieuw"),
    path("leerlingen/<int:leerling_id>/zorg/", zorg.zorg, name="zorg"),
    path("leerlingen/<int:leerling_id>/niveau/", zorg.niveau, name="niveau"),
    path("leerlingen/<int:leerling_id>/gesprek/", zorg.gesprek, name="gesprek"),
    path("leerlingen/<int:leerling_id>/toestemming/", zorg.vragen, name="vragen"),
    path("leerlingen/<int:leerling_id>/rapport/", zorg.rapport, name="rapport"),
    path("toestemmingen/<int:toestemming_id>/papier/", zorg.op_papier, name="op_papier"),
    path("rapporten/<int:rapport_id>/", zorg.rapport_stand, name="rapport_stand"),
]
