"""Addresses under /leerlingen/."""

from django.urls import path

from leerlingen.views import gegevens, inzage, leerling, ouderdelen, plaats, stukken

app_name = "leerlingen"
urlpatterns = [
    path("", leerling.lijst, name="lijst"),
    path("noodtoegang/", leerling.noodtoegang, name="noodtoegang"),
    path("<int:leerling_id>/", leerling.overzicht, name="leerling"),
    path("<int:leerling_id>/dossier/", leerling.dossier, name="dossier"),
    path("<int:leerling_id>/notitie/", leerling.notitie, name="notitie"),
    path("<int:leerling_id>/ouders/", leerling.ouders, name="ouders"),
    path("<int:leerling_id>/kijkers/", leerling.kijkers, name="kijkers"),
    path("<int:leerling_id>/gegevens/", gegevens.gegevens, name="gegevens"),
    path("<int:leerling_id>/groep/", plaats.groep, name="groep"),
    path("<int:leerling_id>/vertrek/", plaats.vertrek, name="vertrek"),
    path("ouderschappen/<int:ouderschap_id>/gezag/", leerling.gezag, name="gezag"),
    path("ouderschappen/<int:ouderschap_id>/uitnodigen/", leerling.ouder_uitnodigen, name="ouder_uitnodigen"),
    path("stukken/<int:stuk_id>/", stukken.stuk, name="stuk"),
    path("stukken/<int:stuk_id>/pdf/", stukken.pdf, name="pdf"),
    path("stukken/<int:stuk_id>/versies/", stukken.versies, name="versies"),
    path("stukken/<int:stuk_id>/publiceren/", stukken.publiceren, name="publiceren"),
    path("stukken/<int:stuk_id>/zicht/", stukken.zicht, name="zicht"),
    path("stukken/<int:stuk_id>/vaststellen/", stukken.vaststellen, name="vaststellen"),
    path("stukken/<int:stuk_id>/aanvullen/", stukken.aanvullen, name="aanvullen"),
    path("stukken/<int:stuk_id>/bijlage/", stukken.bijlage_toevoegen, name="bijlage_toevoegen"),
    path("stukken/<int:stuk_id>/toegang/", stukken.toegang_geven, name="toegang_geven"),
    path("rechten/<int:recht_id>/intrekken/", stukken.toegang_intrekken, name="toegang_intrekken"),
    path("bijlagen/<int:bijlage_id>/", stukken.bijlage, name="bijlage"),
    path("bijlagen/<int:bijlage_id>/intrekken/", stukken.bijlage_intrekken, name="bijlage_intrekken"),
    path("documenten/<int:document_id>/antwoord/", stukken.antwoord, name="antwoord"),
    path("documenten/<int:document_id>/ouders/", ouderdelen.vragen, name="ouderdeel_vragen"),
    path("inzageverzoeken/<int:verzoek_id>/afhandelen/", inzage.afhandelen, name="inzage_afhandelen"),
    path("inzageverzoeken/<int:verzoek_id>/verlengen/", inzage.verlengen, name="inzage_verlengen"),
    path("ouderdelen/<int:ouderdeel_id>/opgetekend/", ouderdelen.opgetekend, name="ouderdeel_opgetekend"),
    path("ouderdelen/<int:ouderdeel_id>/intrekken/", ouderdelen.intrekken, name="ouderdeel_intrekken"),
]
