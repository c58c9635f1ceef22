"""Addresses under /beheer/."""

from django.urls import path

from leerlingen.beheer import inlezen, instroom, procedure, views

app_name = "beheer"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("school/", views.school, name="school"),
    path("school/profiel/", views.profiel, name="profiel"),
    path("school/procedure/", procedure.woorden, name="procedure"),
    path("school/procedure/bestand/", procedure.bestand, name="procedure_bestand"),
    path("school/procedure/inlezen/", procedure.inlezen, name="procedure_inlezen"),
    path("school/procedure/inlezen/<int:bestand_id>/", procedure.nakijken, name="procedure_nakijken"),
    path("mensen/", views.mensen, name="mensen"),
    path("mensen/nieuw/", views.mens_erbij, name="mens_erbij"),
    path("mensen/<int:persoon_id>/", views.mens, name="mens"),
    path("mensen/<int:persoon_id>/rol/", views.rol_geven, name="rol_geven"),
    path("mensen/<int:persoon_id>/groep/", views.groep_geven, name="groep_geven"),
    path("mensen/<int:persoon_id>/uitnodigen/", views.uitnodigen, name="uitnodigen"),
    path("mensen/<int:persoon_id>/sluiten/", views.account_sluiten, name="account_sluiten"),
    path("rollen/<int:aanstelling_id>/beeindigen/", views.rol_beeindigen, name="rol_beeindigen"),
    path("toewijzingen/<int:toewijzing_id>/beeindigen/", views.toewijzing_beeindigen, name="toewijzing_beeindigen"),
    path("inlezen/", inlezen.kiezen, name="inlezen"),
    path("inlezen/<int:bestand_id>/", inlezen.nakijken, name="inlezen_nakijken"),
    path("inlezen/ouders/", inlezen.ouders_kiezen, name="ouders_inlezen"),
    path("inlezen/ouders/sjabloon/", inlezen.ouders_sjabloon, name="ouders_sjabloon"),
    path("inlezen/ouders/<int:bestand_id>/", inlezen.ouders_nakijken, name="ouders_nakijken"),
    path("groepen/", instroom.groepen, name="groepen"),
    path("groepen/nieuw/", instroom.groep_erbij, name="groep_erbij"),
    path("leerlingen/nieuw/", instroom.leerling_erbij, name="leerling_erbij"),
    path("post/", views.post, name="post"),
    path("post/<int:bericht_id>/", views.bericht, name="bericht"),
]
