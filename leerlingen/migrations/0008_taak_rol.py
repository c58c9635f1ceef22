"""A task that belongs to a role says so, and passes on with it."""

from django.db import migrations, models

ROLLEN = """
update leerlingen_taak set rol = case soort when 'herkomst' then 'ib' else 'directeur' end
where persoon_id is not null and soort in ('herkomst', 'inzageverzoek', 'noodtoegang', 'bewaartermijnen')
"""
"""Kinds of which the role is known. What a procedure asked of a role before now stays with its person."""


class Migration(migrations.Migration):

    dependencies = [
        ('leerlingen', '0007_sleutel_van_papier'),
    ]

    operations = [
        migrations.AddField(
            model_name='taak',
            name='rol',
            field=models.CharField(blank=True, db_default='', default='', help_text='Waarin de persoon dit doet; leeg = zelf', max_length=20),
        ),
        migrations.RunSQL(ROLLEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='taak',
            constraint=models.CheckConstraint(condition=models.Q(('rol', ''), ('persoon__isnull', False), _connector='OR'), name='taak_rol_van_een_persoon'),
        ),
    ]
