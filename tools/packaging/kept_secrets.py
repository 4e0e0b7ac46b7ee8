"""The secret of PayPal's ledger, held by OCA's server_environment and no database."""

from tools.environment.databases import addon_template, install, run_odoo, scratch

#: What OCA's server_environment reads, and who asks the add-on for it.
SECRETS = "[paypal_api.live]\nclient_id = of-the-server\nclient_secret = in-its-file"
ASK = """
env.company.paypal_environment = "live"
connection = env["paypal.api.connection"]._make_of(env.company)
print("asks PayPal with", *connection._credentials(), bool(connection.secret))
"""


def keeps_secrets(env, server):
    """:return: whether the add-on takes what only the server has"""
    with scratch(env, server, addon_template(env, server)) as database:
        install(env, server, database, "server_environment")
        log = run_odoo(env, server, database, script=ASK, SERVER_ENV_CONFIG=SECRETS)
    return "asks PayPal with of-the-server in-its-file False" in log
