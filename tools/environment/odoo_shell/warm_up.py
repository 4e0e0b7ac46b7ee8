"""Run by Odoo's shell in a template: build the style sheets and scripts once.

Every copy of the template has them then, in both writing directions, and its first
page does not take many seconds. Only those of the screens, the portal's pages and the
papers: those of Odoo's own tests take as long as all of these.
"""

SCRIPTS = ("web.assets_web", "web.assets_frontend_lazy", "web.assets_frontend_minimal")
STYLES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_frontend",
    "web.report_assets_common",
    "web.report_assets_pdf",
)

qweb = env["ir.qweb"]
for bundle in SCRIPTS:
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in STYLES:
    for rtl in (False, True):
        qweb._get_asset_bundle(bundle, css=True, js=False, rtl=rtl).css()
env.cr.commit()
