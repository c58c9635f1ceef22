"""Addresses under /kalender/."""

from django.urls import path

from zorg.agenda import views, vrij

app_name = "agenda"
urlpatterns = [
    path("", views.kalender, name="kalender"),
    path("jaar/", views.jaar, name="jaar"),
    path("vrije-dagen/", vrij.lijst, name="vrij"),
    path("vrije-dagen/nieuw/", vrij.toevoegen, name="vrij_erbij"),
    path("vrije-dagen/<int:vrij_id>/", vrij.wijzigen, name="vrij_wijzigen"),
    path("vrije-dagen/<int:vrij_id>/weg/", vrij.weghalen, name="vrij_weg"),
    path("vergadertijden/", vrij.vergadertijden, name="vergadertijden"),
    path("abonnement/<str:teken>.ics", views.abonnement, name="abonnement"),
]
