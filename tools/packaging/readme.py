"""``make readme``: what an add-on says of itself, made from the fragments it has.

They lie in its ``readme/``; their names and their order are those of the OCA.

Writes ``README.rst`` and ``static/description/index.html`` of every add-on, and copies
the pictures that they show from ``docs/pictures``. With ``--check`` it writes nothing
and names what is not up to date.
"""

import argparse
import ast
import re
import sys

import docutils.core
import mistune
from mistune.renderers.rst import RSTRenderer

from tools.environment import CHECKOUT

PICTURES = CHECKOUT / "docs" / "pictures"
#: Fragments and their headings; the first stands alone under the title.
SECTIONS = {
    "DESCRIPTION": None,
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
}
PICTURE = re.compile(r"\.\./static/description/([\w-]+\.png)")
GENERATED = "Made by `make readme` from the fragments in readme/: change those."
LICENCES = {"LGPL-3": "GNU Lesser General Public License, version 3 or later"}
HTML_SETTINGS = {
    "initial_header_level": 2,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "xml_declaration": False,
    "doctitle_xform": True,
    "report_level": 2,
    "halt_level": 2,
}


def files_of(addon):
    """Make the files of one add-on.

    :param Path addon: its folder
    :return: contents by path
    :rtype: dict[pathlib.Path, bytes]
    """
    rst = readme(addon)
    description = addon / "static" / "description"
    files = {
        addon / "README.rst": rst.encode(),
        description / "index.html": index(rst).encode(),
    }
    for name in PICTURE.findall(fragments_text(addon)):
        files[description / name] = (PICTURES / name).read_bytes()
    return files


def fragments_text(addon):
    """:return: all fragments of an add-on, one after the other"""
    return "\n".join(path.read_text() for path in sorted(addon.glob("readme/*.md")))


def readme(addon):
    """:return: the text of ``README.rst``"""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    parts = [_title(manifest["name"], "=", over=True), f".. {GENERATED}"]
    for fragment, heading in SECTIONS.items():
        path = addon / "readme" / f"{fragment}.md"
        if not path.exists():
            continue
        if heading:
            parts.append(_title(heading, "="))
        parts.append(_rst(path.read_text()))
        if not heading:
            parts += ["**Table of contents**", ".. contents::\n   :local:"]
    parts += [
        _title("Credits", "="),
        _title("Contributors", "-"),
        _rst((addon / "readme" / "CONTRIBUTORS.md").read_text()),
        _title("Licence", "-"),
        f"{LICENCES[manifest['license']]}.",
    ]
    return "\n\n".join(parts) + "\n"


def _title(text, line, over=False):
    rule = line * len(text)
    return "\n".join([rule] * over + [text, rule])


def _rst(markdown):
    """:return: reStructuredText of a fragment, with pictures where ``README.rst`` is"""
    text = mistune.create_markdown(renderer=RSTRenderer())(markdown)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"(\.\. figure:: .+)\n\n   (.+)", r"\1\n   :alt: \2\n\n   \2", text)
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return text.replace("../static/", "static/").strip()


def index(rst):
    """Make the page that Odoo and its store show of an add-on.

    :param str rst: ``README.rst``
    :return: HTML without a page's frame, its pictures beside it
    """
    parts = docutils.core.publish_parts(
        rst.replace("static/description/", ""),
        writer="html5",
        settings_overrides=HTML_SETTINGS,
    )
    html = parts["html_body"].replace("<img ", '<img class="img-fluid" ')
    html = "\n".join(line.rstrip() for line in html.splitlines())
    return f'<section class="oe_container">\n{html.strip()}\n</section>\n'


def main(arguments):
    """Write the files, or tell which are not as they should be.

    :param list arguments: of the command line
    :return: the exit status: 1 when one is not up to date
    """
    parser = argparse.ArgumentParser(prog="make readme", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    stale = []
    for manifest in sorted(CHECKOUT.glob("caspit_*/__manifest__.py")):
        for path, content in files_of(manifest.parent).items():
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(path.relative_to(CHECKOUT))
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    for path in stale:
        print(f"{path}: {'run make readme' if options.check else 'written'}")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
