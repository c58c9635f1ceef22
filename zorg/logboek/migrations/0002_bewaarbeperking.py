"""Lines about a pupil whose data may not be destroyed yet stay in the logbook longer than its term."""

from django.db import migrations

OPRUIMEN = """
drop function logboek_opruimen(bigint, timestamptz);
create function logboek_opruimen(welke_school bigint, tot timestamptz, behalve bigint[] default '{}')
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare aantal bigint;
begin
  -- without a context the comparison is null, and null must refuse too
  if coalesce(welke_school = any (string_to_array(nullif(current_setting('zorgpad.scholen', true), ''), ',')::int[]),
              false) is false then
    raise exception 'school niet in de context';
  end if;
  delete from logboek_logregel
   where school_id = welke_school and tijd < tot and (leerling_id is null or leerling_id <> all (behalve));
  get diagnostics aantal = row_count;
  return aantal;
end $$;
comment on function logboek_opruimen(bigint, timestamptz, bigint[])
  is 'The only way in which lines leave the logbook: retention';
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0001_begin")]

    operations = [migrations.RunSQL(OPRUIMEN, migrations.RunSQL.noop)]
