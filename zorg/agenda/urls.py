"""Addresses under /kalender/."""

from django.urls import path

from zorg.agenda import views

app_name = "agenda"
urlpatterns = [
    path("", views.kalender, name="kalender"),
    path("jaar/", views.jaar, name="jaar"),
    path("abonnement/<str:teken>.ics", views.abonnement, name="abonnement"),
]
