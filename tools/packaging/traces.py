"""What an uninstalled add-on could leave in a database."""

from typing import NamedTuple

from tools.environment.databases import ADDON

# Rows that name a model, a module or PayPal in a column that no foreign key guards:
# what they are, their table, and how they are told.
NAMED = (
    ("records", "ir_model_data", f"module LIKE '{ADDON}%'"),
    ("parameters", "ir_config_parameter", "key LIKE 'caspit%'"),
    ("scheduled actions", "ir_cron", "cron_name LIKE 'PayPal: %'"),
    ("menus", "ir_ui_menu", "name::text ILIKE '%caspit%'"),
    ("views", "ir_ui_view", f"key LIKE '{ADDON}%'"),
    ("actions", "ir_act_window", "res_model LIKE 'paypal.ipn%'"),
    ("mail templates", "mail_template", "model LIKE 'paypal.ipn%'"),
    ("notes", "mail_message", "model LIKE 'paypal.ipn%'"),
    ("followers", "mail_followers", "res_model LIKE 'paypal.ipn%'"),
    ("activities", "mail_activity", "res_model LIKE 'paypal.ipn%'"),
    ("attachments", "ir_attachment", "res_model LIKE 'paypal.ipn%'"),
    ("groups", "res_groups", "name::text ILIKE '%paypal%'"),
    ("jobs", "queue_job", "model_name = 'paypal.ipn' AND state != 'done'"),
)


class OwnThings(NamedTuple):
    """What the add-on has in the database's structure.

    :ivar tables: names of tables
    :ivar columns: pairs of a table and a column in it
    """

    tables: set
    columns: set


def own_things(server, database):
    """Find what the installed add-on has in the structure.

    :rtype: OwnThings
    """

    def ask(statement):
        return {tuple(row) for row in server.execute(statement, database=database)}

    tables = ask(
        f"""SELECT replace(m.model, '.', '_') FROM ir_model m
              JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
             WHERE d.module LIKE '{ADDON}%'
               AND (SELECT count(*) FROM ir_model_data o WHERE o.model = 'ir.model'
                       AND o.res_id = m.id AND o.module NOT LIKE '{ADDON}%') = 0"""
    )
    columns = ask(
        f"""SELECT replace(f.model, '.', '_'), f.name FROM ir_model_fields f
              JOIN ir_model_data d ON d.model = 'ir.model.fields' AND d.res_id = f.id
             WHERE d.module LIKE '{ADDON}%' AND f.store
               AND (SELECT count(*) FROM ir_model_data o
                     WHERE o.model = 'ir.model.fields'
                       AND o.res_id = f.id AND o.module NOT LIKE '{ADDON}%') = 0"""
    )
    return OwnThings({name for (name,) in tables}, columns)


def traces(server, database, own):
    """Look what is left of an uninstalled add-on.

    :param OwnThings own: what it had
    :return: a phrase for each thing that is left
    :rtype: list[str]
    """
    there = {
        (table, column)
        for table, column in server.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'public'""",
            database=database,
        )
    }
    tables = {table for table, _column in there}
    left = [f"table {table}" for table in sorted(own.tables & tables)]
    left += [f"column {table}.{name}" for table, name in sorted(own.columns & there)]
    for what, table, told in NAMED:
        statement = f"SELECT count(*) FROM {table} WHERE {told}"
        [(count,)] = server.execute(statement, database=database)
        if count:
            left.append(f"{count} {what}")
    return left
