"""Every address of Zorgpad (ontwerp §7). What is mounted here has its row in tests/rechten/matrix.py."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as herstel
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from lvs.urls import groepen_urls, resultaten_urls, signalen_urls, toetsen_urls
from plannen.urls import leerling_urls as leerlingplannen_urls
from plannen.urls import papieren_urls
from zorg.kern import views as kern
from zorg.overzicht import account as eigen_account

aanmelden = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("account/", eigen_account.account, name="account"),
    path("account/gesloten/", account.account_inactive, name="account_inactive"),
    path("account/aanmelden/", account.signup, name="account_signup"),
    path("account/bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("account/wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("account/wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/wachtwoord/sleutel/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/wachtwoord/gekozen/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/tweestaps/", mfa.index, name="mfa_index"),
    path("account/tweestaps/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/tweestaps/bevestigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/tweestaps/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/tweestaps/app/stoppen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/tweestaps/herstelcodes/", herstel.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/tweestaps/herstelcodes/nieuw/", herstel.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/tweestaps/herstelcodes/bestand/",
        herstel.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    path("gezond/", kern.gezond, name="gezond"),
    *aanmelden,
    path("beheer/", include("leerlingen.beheer.urls")),
    path("besprekingen/", include("besprekingen.urls")),
    path("kalender/", include("zorg.agenda.urls")),
    path("groepen/", include(groepen_urls)),
    path("leerlingen/", include("leerlingen.urls")),
    path("leerlingen/", include(resultaten_urls)),
    path("leerlingen/", include(signalen_urls)),
    path("leerlingen/", include(leerlingplannen_urls)),
    path("ouders/", include("zorg.portaal.urls")),
    path("papieren/", include(papieren_urls)),
    path("plannen/", include("plannen.urls")),
    path("toetsen/", include(toetsen_urls)),
    path("", include("zorg.overzicht.urls")),
]
handler400 = "zorg.kern.foutpaginas.bad_request"
handler403 = "zorg.kern.foutpaginas.geen_toegang"
handler404 = "zorg.kern.foutpaginas.niet_gevonden"
handler500 = "zorg.kern.foutpaginas.serverfout"
