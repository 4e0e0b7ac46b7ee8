# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's list becomes an add-on of its own, and a column gets a name that is true."""

from odoo.tools import sql

ACTIVITY = "caspit_paypal_activity"
#: Besides all that has ``paypal_activity`` in its name.
ITS_OWN = (
    "field_paypal_ipn__activity_line_id",
    "field_paypal_ipn__activity_row",
    "selection__paypal_ipn__source__file",
    "selection__paypal_ipn__kind__transfer",
    "selection__paypal_ipn__kind__conversion",
    "selection__paypal_ipn__kind__fee",
)


def migrate(cr, version):
    """Keep what is there.

    :param cr: the database cursor
    :param str version: the version that is installed; none at an installation
    """
    if not version:
        return
    hand_over_activity_files(cr)
    rename_stopped_at(cr)
    drop_superseded_indexes(cr)


def hand_over_activity_files(cr):
    """Give what is the other add-on's to it, and have it installed in the same run."""
    if not sql.table_exists(cr, "paypal_activity"):
        return
    cr.execute(
        """UPDATE ir_model_data SET module = %s
            WHERE module = 'caspit_paypal_ipn'
              AND (name LIKE '%%paypal\\_activity%%' OR name = ANY(%s))
              AND name NOT LIKE 'paypal\\_ipn\\_%%'""",
        [ACTIVITY, list(ITS_OWN)],
    )
    cr.execute(
        """UPDATE ir_module_module SET state = 'to install'
            WHERE name = %s AND state = 'uninstalled'
        RETURNING id""",
        [ACTIVITY],
    )
    if found := cr.fetchone():
        cr.execute(
            """UPDATE ir_model_constraint SET module = %s
                WHERE model IN (SELECT id FROM ir_model
                                 WHERE model LIKE 'paypal.activity%%')""",
            found,
        )


def rename_stopped_at(cr):
    """``stopped_at`` held a state: it is ``resume_state`` now."""
    if sql.column_exists(cr, "paypal_ipn", "stopped_at"):
        sql.rename_column(cr, "paypal_ipn", "stopped_at", "resume_state")


def drop_superseded_indexes(cr):
    """An index that no field names any more stays behind in Odoo."""
    cr.execute("DROP INDEX IF EXISTS paypal_ipn__company_id_index")
