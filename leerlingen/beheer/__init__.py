"""Beheer: the school's settings, people with roles and dates, invitations, mail, reading in. No dossier in sight."""
