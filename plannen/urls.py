"""Addresses under /plannen/, and the tab under /leerlingen/<id>/."""

from django.urls import path

from plannen.views import leerling, lijst, plan

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
]

leerling_urls = ([path("<int:leerling_id>/plannen/", leerling.tab, name="leerling")], "leerlingplannen")
