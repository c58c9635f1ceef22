"""Every address of Zorgpad (ontwerp §7)."""

from django.urls import path

from zorg.kern import views as kern_views

urlpatterns = [path("gezond/", kern_views.gezond, name="gezond")]
handler400 = "zorg.kern.foutpaginas.bad_request"
handler403 = "zorg.kern.foutpaginas.geen_toegang"
handler404 = "zorg.kern.foutpaginas.niet_gevonden"
handler500 = "zorg.kern.foutpaginas.serverfout"
