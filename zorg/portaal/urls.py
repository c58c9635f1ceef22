"""Addresses under /ouders/."""

from django.urls import path

from zorg.portaal import views, views_uwdeel, views_vragen

app_name = "portaal"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<int:leerling_id>/", views.kind, name="kind"),
    path("<int:leerling_id>/gesprek/", views_vragen.gesprek, name="gesprek"),
    path("<int:leerling_id>/inzage/", views_vragen.inzage, name="inzage"),
    path("<int:leerling_id>/wie-keek/", views.wie_keek, name="wie_keek"),
    path("stukken/<int:stuk_id>/", views.stuk, name="stuk"),
    path("stukken/<int:stuk_id>/pdf/", views.pdf, name="pdf"),
    path("bijlagen/<int:bijlage_id>/", views.bijlage, name="bijlage"),
    path("uw-deel/<int:ouderdeel_id>/", views_uwdeel.uw_deel, name="uw_deel"),
    path("uw-deel/<int:ouderdeel_id>/antwoord/", views_uwdeel.antwoord, name="uw_deel_antwoord"),
    path("uw-deel/<int:ouderdeel_id>/insturen/", views_uwdeel.insturen, name="uw_deel_insturen"),
    path("toestemming/<int:toestemming_id>/", views.toestemming, name="toestemming"),
]
