"""Retention: what must stay, the proof of what went, and the two doors through which history and names leave."""

import django.db.models.deletion
import zorg.kern.klok
from django.db import migrations, models

from zorg.kern.muren import Schoolmuren

# History is append-only for `app` and dies with its subject: only rows whose subject is gone can leave, and only in
# the school of the context. A logbook line outlives the pupil; what somebody wrote in it does not.
DEUREN = """
create function leerlingen_geschiedenis_opruimen(soort text, welke_school bigint, ids bigint[])
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare aantal bigint;
begin
  if coalesce(welke_school = any (string_to_array(nullif(current_setting('zorgpad.scholen', true), ''), ',')::int[]),
              false) is false then
    raise exception 'school niet in de context';
  end if;
  if not exists (select 1 from pg_attribute where attrelid = to_regclass(format('%I', soort || 'gebeurtenis'))
                 and attname = 'pgh_obj_id') then
    raise exception 'geen tabel met geschiedenis';
  end if;
  execute format('delete from %I g where g.school_id = $1 and g.pgh_obj_id = any ($2)'
                 ' and not exists (select 1 from %I r where r.id = g.pgh_obj_id)', soort || 'gebeurtenis', soort)
    using welke_school, ids;
  get diagnostics aantal = row_count;
  return aantal;
end $$;
comment on function leerlingen_geschiedenis_opruimen(text, bigint, bigint[])
  is 'The only way in which history leaves: its subject is gone';

create function leerlingen_logboek_vergeten(welke_school bigint, welke_leerling bigint)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare aantal bigint;
begin
  if coalesce(welke_school = any (string_to_array(nullif(current_setting('zorgpad.scholen', true), ''), ',')::int[]),
              false) is false then
    raise exception 'school niet in de context';
  end if;
  if exists (select 1 from leerlingen_leerling where id = welke_leerling) then
    raise exception 'de leerling bestaat nog';
  end if;
  update logboek_logregel set reden = ''
   where school_id = welke_school and leerling_id = welke_leerling and reden <> '';
  get diagnostics aantal = row_count;
  return aantal;
end $$;
comment on function leerlingen_logboek_vergeten(bigint, bigint)
  is 'Takes what somebody wrote out of the lines about a pupil who is gone';

revoke update, delete on leerlingen_vernietiging from app;
grant update (te_wissen) on leerlingen_vernietiging to app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kern', '0001_begin'),
        ('leerlingen', '0001_begin'),
        ('logboek', '0002_bewaarbeperking'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vernietiging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('termijn', models.CharField(help_text='Code van de bewaartermijn in het profiel', max_length=60)),
                ('maanden', models.PositiveSmallIntegerField()),
                ('grond', models.TextField(help_text='Zoals het profiel hem noemde')),
                ('leerling_nummer', models.BigIntegerField(null=True)),
                ('aantallen', models.JSONField(help_text='Rijen per soort')),
                ('te_wissen', models.JSONField(default=list, help_text='Bestanden die nog van de schijf moeten')),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('profielversie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.profielversie')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'vernietiging',
                'verbose_name_plural': 'vernietigingen',
                'ordering': ['-op', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Bewaarbeperking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reden', models.CharField(max_length=300, verbose_name='reden')),
                ('tot_en_met', models.DateField(blank=True, null=True, verbose_name='niet vernietigen tot en met')),
                ('gezet_op', models.DateTimeField(default=zorg.kern.klok.nu)),
                ('opgeheven_op', models.DateTimeField(blank=True, null=True)),
                ('gezet_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('leerling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bewaarbeperkingen', to='leerlingen.leerling')),
                ('opgeheven_door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leerlingen.persoon')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kern.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'bewaarbeperking',
                'verbose_name_plural': 'bewaarbeperkingen',
                'constraints': [models.CheckConstraint(condition=models.Q(('reden', ''), _negated=True), name='bewaarbeperking_met_reden'), models.UniqueConstraint(condition=models.Q(('opgeheven_op__isnull', True)), fields=('leerling',), name='bewaarbeperking_een_tegelijk')],
            },
        ),
        Schoolmuren('bewaarbeperking', 'vernietiging'),
        migrations.RunSQL(DEUREN, migrations.RunSQL.noop),
    ]
