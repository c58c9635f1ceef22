"""One paper for one occasion; the index is made while the school works on, since every paper stands in this table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('leerlingen', '0006_papieren'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "create unique index concurrently if not exists document_sleutel_uniek"
                    " on leerlingen_document (school_id, sleutel) where not (sleutel = '')",
                    "drop index concurrently if exists document_sleutel_uniek",
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='document',
                    constraint=models.UniqueConstraint(condition=models.Q(('sleutel', ''), _negated=True), fields=('school', 'sleutel'), name='document_sleutel_uniek'),
                ),
            ],
        ),
    ]
