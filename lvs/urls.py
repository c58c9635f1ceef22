"""Addresses under /groepen/ and /toetsen/, and the tabs with results and signals under /leerlingen/<id>/."""

from django.urls import path

from lvs.views import groepen, inlezen, leerling, signalen, toetsen

groepen_urls = (
    [
        path("", groepen.lijst, name="lijst"),
        path("<int:groep_id>/", groepen.overzicht, name="groep"),
        path("<int:groep_id>/excel/", groepen.excel, name="excel"),
        path("<int:groep_id>/week/", groepen.week, name="week"),
    ],
    "groepen",
)
toetsen_urls = (
    [
        path("", toetsen.start, name="start"),
        path("invoeren/", toetsen.invoeren, name="invoeren"),
        path("inlezen/", inlezen.kiezen, name="inlezen"),
        path("inlezen/<int:bestand_id>/", inlezen.nakijken, name="nakijken"),
        path("leerling/<int:leerling_id>/", toetsen.leerling, name="leerling"),
        path("resultaten/<int:resultaat_id>/", toetsen.resultaat, name="resultaat"),
        path("resultaten/<int:resultaat_id>/weghalen/", toetsen.resultaat_weg, name="weghalen"),
    ],
    "toetsen",
)
resultaten_urls = ([path("<int:leerling_id>/resultaten/", leerling.resultaten, name="leerling")], "resultaten")
signalen_urls = (
    [
        path("<int:leerling_id>/signalen/", signalen.tab, name="leerling"),
        path("<int:leerling_id>/signaal/", signalen.nieuw, name="nieuw"),
        path("signalen/<int:signaal_id>/", signalen.signaal, name="signaal"),
        path("signalen/<int:signaal_id>/stand/", signalen.stand, name="stand"),
        path("signalen/<int:signaal_id>/wijzigen/", signalen.wijzigen, name="wijzigen"),
    ],
    "signalen",
)
