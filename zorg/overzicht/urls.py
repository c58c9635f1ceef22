"""Addresses over all apps."""

from django.urls import path

from zorg.overzicht import views

app_name = "overzicht"
urlpatterns = [
    path("", views.vandaag, name="vandaag"),
    path("zoeken/", views.zoeken, name="zoeken"),
    path("logboek/", views.logboek, name="logboek"),
]
