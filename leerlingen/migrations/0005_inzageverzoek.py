"""Requests of parents to look into the file, with the day on which the law wants an answer."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import zorg.kern.klok
from django.db import migrations, models

from zorg.kern.muren import Schoolmuren


class Migration(migrations.Migration):

    dependencies = [
        ('kern', '0001_begin'),
        ('leerlingen', '0004_ouderdeel'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inzageverzoek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('toelichting', models.TextField(blank=True, default='', verbose_name='wat de ouder wil weten')),
                ('gevraagd_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('uiterlijk', models.DateField(help_text='Laatste dag', verbose_name='antwoord uiterlijk')),
                ('verlengd_op', models.DateTimeField(blank=True, null=True)),
                ('verlengd_reden', models.CharField(blank=True, default='', max_length=300, verbose_name='waarom later')),
                ('uitkomst', models.CharField(blank=True, choices=[('ingezien', 'ingezien op school'), ('kopie', 'kopie gegeven'), ('geweigerd', 'geweigerd')], default='', max_length=20, verbose_name='uitkomst')),
                ('antwoord', models.TextField(blank=True, default='', verbose_name='antwoord aan de ouder')),
                ('afgehandeld_op', models.DateTimeField(blank=True, null=True)),
                ('afgehandeld_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('leerling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inzageverzoeken', to='leerlingen.leerling')),
                ('persoon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'verzoek om inzage',
                'verbose_name_plural': 'verzoeken om inzage',
                'ordering': ['-gevraagd_op', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='InzageverzoekGebeurtenis',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('toelichting', models.TextField(blank=True, default='', verbose_name='wat de ouder wil weten')),
                ('gevraagd_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('uiterlijk', models.DateField(help_text='Laatste dag', verbose_name='antwoord uiterlijk')),
                ('verlengd_op', models.DateTimeField(blank=True, null=True)),
                ('verlengd_reden', models.CharField(blank=True, default='', max_length=300, verbose_name='waarom later')),
                ('uitkomst', models.CharField(blank=True, choices=[('ingezien', 'ingezien op school'), ('kopie', 'kopie gegeven'), ('geweigerd', 'geweigerd')], default='', max_length=20, verbose_name='uitkomst')),
                ('antwoord', models.TextField(blank=True, default='', verbose_name='antwoord aan de ouder')),
                ('afgehandeld_op', models.DateTimeField(blank=True, null=True)),
                ('afgehandeld_door', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.persoon')),
                ('leerling', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.leerling')),
                ('persoon', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.persoon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='gebeurteniss', to='leerlingen.inzageverzoek')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.UniqueConstraint(condition=models.Q(('afgehandeld_op__isnull', True)), fields=('leerling', 'persoon'), name='inzageverzoek_een_open'),
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.CheckConstraint(condition=models.Q(('uitkomst__in', ['', 'ingezien', 'kopie', 'geweigerd'])), name='inzageverzoek_uitkomst_bekend'),
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('afgehandeld_door__isnull', True), ('afgehandeld_op__isnull', True), ('uitkomst', '')), models.Q(('afgehandeld_door__isnull', False), ('afgehandeld_op__isnull', False), models.Q(('uitkomst', ''), _negated=True)), _connector='OR'), name='inzageverzoek_afgehandeld_met_wie'),
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verlengd_op__isnull', True), ('verlengd_reden', '')), models.Q(('verlengd_op__isnull', False), models.Q(('verlengd_reden', ''), _negated=True)), _connector='OR'), name='inzageverzoek_verlengd_met_reden'),
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('uitkomst', 'geweigerd'), _negated=True), models.Q(('antwoord', ''), _negated=True), _connector='OR'), name='inzageverzoek_weigering_met_reden'),
        ),
        migrations.AddConstraint(
            model_name='inzageverzoek',
            constraint=models.CheckConstraint(condition=models.Q(('afgehandeld_op__isnull', True), ('afgehandeld_op__gte', models.F('gevraagd_op')), _connector='OR'), name='inzageverzoek_eerst_gevraagd'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inzageverzoek',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "leerlingen_inzageverzoekgebeurtenis" ("afgehandeld_door_id", "afgehandeld_op", "antwoord", "gevraagd_op", "id", "leerling_id", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "toelichting", "uiterlijk", "uitkomst", "verlengd_op", "verlengd_reden") VALUES (NEW."afgehandeld_door_id", NEW."afgehandeld_op", NEW."antwoord", NEW."gevraagd_op", NEW."id", NEW."leerling_id", NEW."persoon_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."toelichting", NEW."uiterlijk", NEW."uitkomst", NEW."verlengd_op", NEW."verlengd_reden"); RETURN NULL;', hash='c71a4ff0708bc839fbb5ba26ce8794f4e491b9f7', operation='INSERT', pgid='pgtrigger_insert_insert_e3c41', table='leerlingen_inzageverzoek', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inzageverzoek',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "leerlingen_inzageverzoekgebeurtenis" ("afgehandeld_door_id", "afgehandeld_op", "antwoord", "gevraagd_op", "id", "leerling_id", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "toelichting", "uiterlijk", "uitkomst", "verlengd_op", "verlengd_reden") VALUES (NEW."afgehandeld_door_id", NEW."afgehandeld_op", NEW."antwoord", NEW."gevraagd_op", NEW."id", NEW."leerling_id", NEW."persoon_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."toelichting", NEW."uiterlijk", NEW."uitkomst", NEW."verlengd_op", NEW."verlengd_reden"); RETURN NULL;', hash='e292c0ba9d094ce7a3479110e480269ced4c73d4', operation='UPDATE', pgid='pgtrigger_update_update_82fec', table='leerlingen_inzageverzoek', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inzageverzoek',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "leerlingen_inzageverzoekgebeurtenis" ("afgehandeld_door_id", "afgehandeld_op", "antwoord", "gevraagd_op", "id", "leerling_id", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "toelichting", "uiterlijk", "uitkomst", "verlengd_op", "verlengd_reden") VALUES (OLD."afgehandeld_door_id", OLD."afgehandeld_op", OLD."antwoord", OLD."gevraagd_op", OLD."id", OLD."leerling_id", OLD."persoon_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."toelichting", OLD."uiterlijk", OLD."uitkomst", OLD."verlengd_op", OLD."verlengd_reden"); RETURN NULL;', hash='f57a0eb3178e35b2946cc07b0d5f5ed469067fa9', operation='DELETE', pgid='pgtrigger_delete_delete_fcd4e', table='leerlingen_inzageverzoek', when='AFTER')),
        ),
        Schoolmuren('inzageverzoek', 'inzageverzoekgebeurtenis'),
    ]
