"""Rows: health, signing in, the own account."""

from tests.rechten.matrix import INGELOGD, NIEMAND, kijk

kijk("gezond", INGELOGD, anoniem=200)
kijk("account_login", NIEMAND, anders=302, anoniem=200)  # who is signed in goes on to the site
kijk("account_logout", INGELOGD)
kijk("account_inactive", INGELOGD, anoniem=200)
kijk("account_signup", NIEMAND, anders=302, anoniem=200)  # closed: the page says so
kijk("account_reset_password", INGELOGD, anoniem=200)
kijk("account_reset_password_done", INGELOGD, anoniem=200)
kijk("account_reset_password_from_key", INGELOGD, uidb36="=1", key="=ongeldig", anoniem=200)
kijk("account_reset_password_from_key_done", INGELOGD, anoniem=200)
kijk("account", INGELOGD)
kijk("account_reauthenticate", INGELOGD)
kijk("account_change_password", INGELOGD)
kijk("account_set_password", INGELOGD, status=302)  # who has one changes it
kijk("mfa_index", INGELOGD)
kijk("mfa_authenticate", NIEMAND, anders=302)  # only halfway signing in
kijk("mfa_reauthenticate", NIEMAND, anders=(302, 403))
# whoever did not just sign in gives the password again first; a code one does not have cannot be stopped or shown
kijk("mfa_activate_totp", INGELOGD, status=(200, 302))
kijk("mfa_deactivate_totp", NIEMAND, anders=(302, 404))
kijk("mfa_view_recovery_codes", NIEMAND, anders=(302, 404))
kijk("mfa_generate_recovery_codes", INGELOGD, status=(200, 302))
kijk("mfa_download_recovery_codes", NIEMAND, anders=(302, 404))
