"""What pyroma, the Cheeseshop's rater, misses in the metadata of wheels.

``python -m tools.packaging.rating WHEEL...`` runs beside what
``requirements/installations.txt`` names; :func:`misses` starts it so.
"""

import json
import sys
import zipfile
from email.parser import HeaderParser

from tools import ToolError
from tools.commands import check
from tools.environment import CHECKOUT

#: What it may miss. whool writes no Python version for Odoo 19, since the Odoo that an
#: add-on requires decides about that, and it knows no keywords; the project has no page
#: and no address that could be named.
KNOWN = (
    "The classifiers should specify what Python versions you support.",
    "You should specify what Python versions you support",
    "Your package does not have keywords data.",
    "Your package does not have author-email data.",
    "Your package should have a 'url' field",
)


def misses(env, backend, wheels):
    """Rate wheels.

    :param tools.environment.Environment env: whose Python does it
    :param Path backend: the folder with pyroma
    :param wheels: their paths
    :return: how many there were
    :raise ToolError: it misses something that is not :data:`KNOWN`
    """
    command = [env.python, "-m", "tools.packaging.rating", *wheels]
    said = check(
        command,
        "rate the wheels",
        cwd=CHECKOUT,
        env=env.environ({"PYTHONPATH": str(backend)}),
    )
    found = json.loads(said.splitlines()[-1])
    news = [
        f"{wheel}: {sentence}"
        for wheel, sentences in found.items()
        for sentence in sentences
        if not sentence.startswith(KNOWN)
    ]
    if news:
        raise ToolError("\n".join(["pyroma misses in the wheels:", *news]))
    return len(found)


def sentences_on(wheel):
    """:return: what pyroma says against a wheel"""
    from pyroma.ratings import rate

    with zipfile.ZipFile(wheel) as file:
        [name] = (x for x in file.namelist() if x.endswith(".dist-info/METADATA"))
        message = HeaderParser().parsestr(file.read(name).decode())
    data = {}
    for key in set(message.keys()):
        values = message.get_all(key)
        data[key.lower()] = values if key == "Classifier" else values[0]
    data.setdefault("description", message.get_payload())
    _rating, sentences = rate(data)
    return sentences


if __name__ == "__main__":
    print(json.dumps({wheel: sentences_on(wheel) for wheel in sys.argv[1:]}))
