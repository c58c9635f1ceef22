"""Groups of several years stand in lists after those of their first year, not after group 8."""

import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leerlingen', '0008_taak_rol'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='groep',
            options={'ordering': ['-schooljaar__naam', 'volgorde', 'naam'], 'verbose_name': 'groep', 'verbose_name_plural': 'groepen'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='groep',
            name='update_update',
        ),
        migrations.AddField(
            model_name='groep',
            name='volgorde',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.Func(models.Case(models.When(jaargroep__in=['', 'C'], then=models.F('naam')), default=models.F('jaargroep')), models.Value('[0-9]{1,2}'), function='substring'), models.SmallIntegerField()), models.Value(99)), output_field=models.SmallIntegerField()),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jaargroep" IS DISTINCT FROM (NEW."jaargroep") OR OLD."naam" IS DISTINCT FROM (NEW."naam") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."schooljaar_id" IS DISTINCT FROM (NEW."schooljaar_id") OR OLD."sleutel" IS DISTINCT FROM (NEW."sleutel") OR OLD."soort" IS DISTINCT FROM (NEW."soort"))', func='INSERT INTO "leerlingen_groepgebeurtenis" ("id", "jaargroep", "naam", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "schooljaar_id", "sleutel", "soort") VALUES (NEW."id", NEW."jaargroep", NEW."naam", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."schooljaar_id", NEW."sleutel", NEW."soort"); RETURN NULL;', hash='3fdb5ffec83d85e10cc5ce42669f3fb21717757e', operation='UPDATE', pgid='pgtrigger_update_update_7d995', table='leerlingen_groep', when='AFTER')),
        ),
    ]
