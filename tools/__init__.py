"""Development tools: a real Odoo 19, stand-ins for the outside world, the demo."""


class ToolError(Exception):
    """Something the person at the keyboard has to know or do, in whole sentences.

    Command line tools print it without a traceback and exit with status 1.
    """
