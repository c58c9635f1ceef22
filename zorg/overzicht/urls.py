"""Addresses over all apps."""

from django.urls import path

from zorg.overzicht import views, views_zorgbord

app_name = "overzicht"
urlpatterns = [
    path("", views.vandaag, name="vandaag"),
    path("taken/<int:taak_id>/klaar/", views.taak_klaar, name="taak_klaar"),
    path("zoeken/", views.zoeken, name="zoeken"),
    path("logboek/", views.logboek, name="logboek"),
    path("zorgbord/", views_zorgbord.bord, name="zorgbord"),
    path("zorgbord/excel/", views_zorgbord.excel, name="zorgbord_excel"),
]
