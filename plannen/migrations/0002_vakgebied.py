"""The paper of a group plan says for which subject it is: who reads along for one subject reads no other."""

from django.db import migrations

VAKGEBIED = """
update leerlingen_document d set vakgebied = g.vak from plannen_groepsplan g where g.document_id = d.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('leerlingen', '0007_sleutel_van_papier'),
        ('plannen', '0001_begin'),
    ]

    operations = [migrations.RunSQL(VAKGEBIED, migrations.RunSQL.noop)]
