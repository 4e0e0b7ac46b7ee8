# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one place that talks to the authority."""

import requests

from .answers import Away

TIMEOUT = 20  # seconds, to connect and to answer each


def post(url, token=None, auth=None, **body):
    """Send one request.

    :param str url: where to
    :param str token: the access token
    :param auth: name and secret of the software, for tokens
    :param body: ``json`` or ``data``
    :return: HTTP's status, and the JSON or None
    :raise Away: there is no answer
    """
    headers = {"Accept": "application/json", "User-Agent": "caspit-document-il"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = requests.post(
            url,
            headers=headers,
            auth=auth,
            timeout=TIMEOUT,
            allow_redirects=False,
            **body,
        )
    except requests.RequestException as error:
        raise Away(text=type(error).__name__) from error
    try:
        return answer.status_code, answer.json()
    except ValueError:
        return answer.status_code, None
