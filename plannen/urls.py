"""Addresses under /plannen/ and /papieren/, and the tab under /leerlingen/<id>/."""

from django.urls import path

from plannen.views import leerling, lijst, papieren, plan

app_name = "plannen"
urlpatterns = [
    path("", lijst.lijst, name="lijst"),
    path("nieuw/", lijst.nieuw, name="nieuw"),
    path("leerling/<int:leerling_id>/", leerling.beginnen, name="beginnen"),
    path("<int:plan_id>/", plan.plan, name="plan"),
    path("<int:plan_id>/pdf/", plan.pdf, name="pdf"),
    path("<int:plan_id>/leerlingen/<int:leerling_id>/", plan.verplaatsen, name="verplaatsen"),
    path("<int:plan_id>/stand/", plan.stand, name="stand"),
    path("<int:plan_id>/bijwerken/", plan.bijwerken, name="bijwerken"),
    path("<int:plan_id>/intrekken/", plan.intrekken, name="intrekken"),
    path("<int:plan_id>/reactie/", plan.reactie, name="reactie"),
    path("<int:plan_id>/checklist/", plan.checklist, name="checklist"),
]

leerling_urls = ([path("<int:leerling_id>/plannen/", leerling.tab, name="leerling")], "leerlingplannen")
papieren_urls = (
    [
        path("", papieren.school, name="school"),
        path("beginnen/", papieren.beginnen, name="beginnen"),
        path("groepen/<int:groep_id>/", papieren.groep, name="groep"),
        path("jaar/<slug:schooljaar>/<slug:code>/", papieren.activiteit, name="activiteit"),
        path("jaar/<slug:schooljaar>/<slug:code>/beginnen/", papieren.activiteit_beginnen, name="activiteit_beginnen"),
        path("<int:document_id>/", papieren.papier, name="papier"),
        path("<int:document_id>/pdf/", papieren.pdf, name="pdf"),
        path("<int:document_id>/versies/", papieren.versies, name="versies"),
        path("<int:document_id>/vaststellen/", papieren.vaststellen, name="vaststellen"),
        path("<int:document_id>/heropenen/", papieren.heropenen, name="heropenen"),
        path("<int:document_id>/bijwerken/", papieren.bijwerken, name="bijwerken"),
        path("<int:document_id>/aanvullen/", papieren.aanvullen, name="aanvullen"),
    ],
    "papieren",
)
