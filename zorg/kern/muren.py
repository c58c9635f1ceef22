"""The walls in the database, built by migrations: row-level security and composite keys (ontwerp §4.3).

Row-level security is enabled, not forced: the owner must be able to migrate data and to dump. It does not stop a
row of one school from pointing at a pupil of another, hence a key `(school_id, x_id) → x(school_id, id)` beside every
foreign key between tables of a school.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

REGEL = (
    "school_id = any((select string_to_array(nullif(current_setting('zorgpad.scholen', true), ''), ',')::int[])::int[])"
)


def heeft_school(model: Any) -> bool:
    """Whether the model (historical or real) belongs to a school."""
    return any(veld.name == "school" for veld in model._meta.local_fields)


def sleutelvelden(model: Any) -> list[Any]:
    """The foreign keys of the model to other tables of a school, history's loose references left out."""
    return [
        veld
        for veld in model._meta.local_fields
        if veld.remote_field
        and veld.name != "school"
        and getattr(veld, "db_constraint", True)
        and heeft_school(veld.remote_field.model)
    ]


def beleid_sql(tabel: str) -> list[str]:
    """Row-level security on a table with a column school_id."""
    return [
        f'alter table "{tabel}" enable row level security',
        f'drop policy if exists school on "{tabel}"',
        f'create policy school on "{tabel}" using ({REGEL}) with check ({REGEL})',
    ]


def sleutelnaam(tabel: str, kolom: str) -> str:
    """The name of the composite key, within PostgreSQL's 63 bytes."""
    import hashlib

    naam = f"schoolsleutel_{tabel}_{kolom}"
    return naam if len(naam) <= 63 else f"{naam[:54]}_{hashlib.sha256(naam.encode()).hexdigest()[:8]}"


def sleutel_sql(model: Any, veld: Any) -> list[str]:
    """The composite key of one foreign key; deferred as Django's own is, so that deletes keep their order free."""
    tabel, doel = model._meta.db_table, veld.remote_field.model._meta.db_table
    naam = sleutelnaam(tabel, veld.column)
    return [
        f'alter table "{tabel}" add constraint "{naam}" foreign key (school_id, "{veld.column}") '
        f'references "{doel}" (school_id, id) deferrable initially deferred',
    ]


def uniek_sql(tabel: str) -> list[str]:
    """What a composite key points at."""
    naam = f"{tabel[:50]}_school_id"
    return [
        f'alter table "{tabel}" add constraint "{naam}" unique (school_id, id)',
    ]


class Schoolmuren(Operation):
    """Build both walls for the named models of this app, after their tables and triggers exist.

    History tables (`…event`) get the policy and become append-only for the role `app`, but no keys: they outlive
    what they describe.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *modellen: str) -> None:
        self.modellen = modellen

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, list(self.modellen), {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        modellen = [to_state.apps.get_model(app_label, naam) for naam in self.modellen]
        for model in modellen:
            tabel = model._meta.db_table
            for zin in beleid_sql(tabel):
                schema_editor.execute(zin)
            if any(veld.name == "pgh_id" for veld in model._meta.local_fields):
                schema_editor.execute(f'revoke update, delete on "{tabel}" from app')
            else:
                for zin in uniek_sql(tabel):
                    schema_editor.execute(zin)
        for model in modellen:
            for veld in sleutelvelden(model):
                for zin in sleutel_sql(model, veld):
                    schema_editor.execute(zin)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The tables go with the migration that made them; there is nothing to take down before."""

    def describe(self) -> str:
        return f"Bouwt de schoolmuren van {', '.join(self.modellen)}"


class Schoolsleutels(Operation):
    """Composite keys for foreign keys that a later migration adds: `Schoolsleutels('plan', 'groep')`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, *velden: str) -> None:
        self.model, self.velden = model, velden

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.model, *self.velden], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that Django's state knows changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for veld in self.velden:
            for zin in sleutel_sql(model, model._meta.get_field(veld)):
                schema_editor.execute(zin)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Dropped with its column."""

    def describe(self) -> str:
        return f"Samengestelde sleutels van {self.model}"
