"""Papers about groups and about the school say so, with a title, a day, a subject and a confidentiality of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kern', '0001_begin'),
        ('leerlingen', '0005_inzageverzoek'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='over',
            field=models.CharField(choices=[('leerling', 'een leerling'), ('groep', 'een groep'), ('school', 'de school')], db_default='leerling', default='leerling', max_length=10),
        ),
        migrations.AddField(
            model_name='document',
            name='titel',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='titel'),
        ),
        migrations.AddField(
            model_name='document',
            name='datum',
            field=models.DateField(blank=True, null=True, verbose_name='datum'),
        ),
        migrations.AddField(
            model_name='document',
            name='vakgebied',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='document',
            name='vertrouwelijkheid',
            field=models.CharField(choices=[('gewoon', 'gewoon'), ('vertrouwelijk', 'vertrouwelijk'), ('geheim', 'geheim')], db_default='gewoon', default='gewoon', max_length=20),
        ),
        migrations.AddField(
            model_name='document',
            name='sleutel',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.RunSQL("update leerlingen_document set over = 'groep' where stuk_id is null", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('over__in', ['leerling', 'groep', 'school'])), name='document_over_bekend'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('over', 'leerling'), ('stuk__isnull', False)), models.Q(models.Q(('over', 'leerling'), _negated=True), ('stuk__isnull', True)), _connector='OR'), name='document_over_een_leerling_met_stuk'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('vertrouwelijkheid__in', ['gewoon', 'vertrouwelijk', 'geheim'])), name='document_vertrouwelijkheid_bekend'),
        ),
    ]
