"""Addresses under /kalender/."""

from django.urls import path

from zorg.agenda import views

app_name = "agenda"
urlpatterns = [path("", views.kalender, name="kalender")]
