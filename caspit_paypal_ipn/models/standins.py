# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is asked instead of PayPal or an authority, in tests and demonstrations."""

import os
from urllib.parse import urlsplit

HERE = ("127.0.0.1", "localhost", "::1")


def standin_url(variable):
    """Look in the server's own environment, and only for an address on this machine.

    :param str variable: of the environment
    :return: the stand-in's address, '' for none
    :raise ValueError: it is not of this machine
    """
    url = os.environ.get(variable, "")
    if url and urlsplit(url).hostname not in HERE:
        raise ValueError(f"{variable} is not an address of this host")
    return url
