"""The parents' own part of a paper, and what they write before they send it in."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import zorg.kern.klok
from django.db import migrations, models

from zorg.kern.muren import Schoolmuren


class Migration(migrations.Migration):

    dependencies = [
        ('kern', '0001_begin'),
        ('leerlingen', '0003_invulling'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ouderdeel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sectiecode', models.CharField(help_text='Code van het deel in het document van het profiel', max_length=60)),
                ('waarom', models.CharField(help_text='Zonder naam van de leerling', max_length=300, verbose_name='waarom')),
                ('lezers', models.CharField(max_length=500, verbose_name='wie het lezen')),
                ('voor', models.DateField(verbose_name='graag vóór')),
                ('gevraagd_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('begonnen_op', models.DateTimeField(blank=True, null=True)),
                ('ingestuurd_op', models.DateTimeField(blank=True, null=True)),
                ('opgetekend_op', models.DateTimeField(blank=True, null=True)),
                ('ingetrokken_op', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ouderdelen', to='leerlingen.document')),
                ('gevraagd_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('opgetekend_door', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('persoon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ouderdelen', to='leerlingen.persoon')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'deel van een ouder',
                'verbose_name_plural': 'delen van ouders',
                'ordering': ['gevraagd_op', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ouderantwoord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vraagcode', models.CharField(max_length=60)),
                ('tekst', models.TextField(blank=True, default='')),
                ('versie', models.PositiveIntegerField(default=1)),
                ('gewijzigd_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kern.school', verbose_name='school')),
                ('ouderdeel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='antwoorden', to='leerlingen.ouderdeel')),
            ],
            options={
                'verbose_name': 'antwoord van een ouder',
                'verbose_name_plural': 'antwoorden van ouders',
            },
        ),
        migrations.CreateModel(
            name='OuderdeelGebeurtenis',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('sectiecode', models.CharField(help_text='Code van het deel in het document van het profiel', max_length=60)),
                ('waarom', models.CharField(help_text='Zonder naam van de leerling', max_length=300, verbose_name='waarom')),
                ('lezers', models.CharField(max_length=500, verbose_name='wie het lezen')),
                ('voor', models.DateField(verbose_name='graag vóór')),
                ('gevraagd_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('begonnen_op', models.DateTimeField(blank=True, null=True)),
                ('ingestuurd_op', models.DateTimeField(blank=True, null=True)),
                ('opgetekend_op', models.DateTimeField(blank=True, null=True)),
                ('ingetrokken_op', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.document')),
                ('gevraagd_door', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.persoon')),
                ('opgetekend_door', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.persoon')),
                ('persoon', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='leerlingen.persoon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='gebeurteniss', to='leerlingen.ouderdeel')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='ouderdeel',
            constraint=models.UniqueConstraint(condition=models.Q(('ingetrokken_op__isnull', True)), fields=('document', 'sectiecode', 'persoon'), name='ouderdeel_een_per_ouder'),
        ),
        migrations.AddConstraint(
            model_name='ouderdeel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opgetekend_door__isnull', True), ('opgetekend_op__isnull', True)), models.Q(('opgetekend_door__isnull', False), ('opgetekend_op__isnull', False)), _connector='OR'), name='ouderdeel_opgetekend_met_wie'),
        ),
        migrations.AddConstraint(
            model_name='ouderdeel',
            constraint=models.CheckConstraint(condition=models.Q(('ingestuurd_op__isnull', True), models.Q(('begonnen_op__isnull', False), ('ingetrokken_op__isnull', True), ('opgetekend_op__isnull', True)), _connector='OR'), name='ouderdeel_ingestuurd_blijft_staan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ouderdeel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "leerlingen_ouderdeelgebeurtenis" ("begonnen_op", "document_id", "gevraagd_door_id", "gevraagd_op", "id", "ingestuurd_op", "ingetrokken_op", "lezers", "opgetekend_door_id", "opgetekend_op", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "sectiecode", "voor", "waarom") VALUES (NEW."begonnen_op", NEW."document_id", NEW."gevraagd_door_id", NEW."gevraagd_op", NEW."id", NEW."ingestuurd_op", NEW."ingetrokken_op", NEW."lezers", NEW."opgetekend_door_id", NEW."opgetekend_op", NEW."persoon_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."sectiecode", NEW."voor", NEW."waarom"); RETURN NULL;', hash='86f7e2e976c26a73448de53d63c4ac3691e01345', operation='INSERT', pgid='pgtrigger_insert_insert_da9e8', table='leerlingen_ouderdeel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ouderdeel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "leerlingen_ouderdeelgebeurtenis" ("begonnen_op", "document_id", "gevraagd_door_id", "gevraagd_op", "id", "ingestuurd_op", "ingetrokken_op", "lezers", "opgetekend_door_id", "opgetekend_op", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "sectiecode", "voor", "waarom") VALUES (NEW."begonnen_op", NEW."document_id", NEW."gevraagd_door_id", NEW."gevraagd_op", NEW."id", NEW."ingestuurd_op", NEW."ingetrokken_op", NEW."lezers", NEW."opgetekend_door_id", NEW."opgetekend_op", NEW."persoon_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."sectiecode", NEW."voor", NEW."waarom"); RETURN NULL;', hash='7909bdb33149375bacda3e540712dcff754e1883', operation='UPDATE', pgid='pgtrigger_update_update_31653', table='leerlingen_ouderdeel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ouderdeel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "leerlingen_ouderdeelgebeurtenis" ("begonnen_op", "document_id", "gevraagd_door_id", "gevraagd_op", "id", "ingestuurd_op", "ingetrokken_op", "lezers", "opgetekend_door_id", "opgetekend_op", "persoon_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "sectiecode", "voor", "waarom") VALUES (OLD."begonnen_op", OLD."document_id", OLD."gevraagd_door_id", OLD."gevraagd_op", OLD."id", OLD."ingestuurd_op", OLD."ingetrokken_op", OLD."lezers", OLD."opgetekend_door_id", OLD."opgetekend_op", OLD."persoon_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."sectiecode", OLD."voor", OLD."waarom"); RETURN NULL;', hash='9f13a3d77ecffad2adbe836fdfd83a0b32710185', operation='DELETE', pgid='pgtrigger_delete_delete_00d11', table='leerlingen_ouderdeel', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ouderantwoord',
            constraint=models.UniqueConstraint(fields=('ouderdeel', 'vraagcode'), name='ouderantwoord_een_per_vraag'),
        ),
        Schoolmuren('ouderdeel', 'ouderdeelgebeurtenis', 'ouderantwoord'),
    ]
