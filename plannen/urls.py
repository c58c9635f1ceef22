"""Addresses under /plannen/."""

from django.urls import path

from plannen.views import lijst, plan

app_name = "plannen"
urlpatterns = [
    path("", lijst.lijst, name="lijst"),
    path("nieuw/", lijst.nieuw, name="nieuw"),
    path("<int:plan_id>/", plan.plan, name="plan"),
    path("<int:plan_id>/leerlingen/<int:leerling_id>/", plan.verplaatsen, name="verplaatsen"),
    path("<int:plan_id>/stand/", plan.stand, name="stand"),
    path("<int:plan_id>/bijwerken/", plan.bijwerken, name="bijwerken"),
    path("<int:plan_id>/intrekken/", plan.intrekken, name="intrekken"),
    path("<int:plan_id>/reactie/", plan.reactie, name="reactie"),
]
