"""Run by Odoo's shell in a template: build the style sheets and scripts once.

Every copy of the template has them then, in both writing directions, and its first
page does not take many seconds.
"""

qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for bundle in sorted(scripts):
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in sorted(styles):
    for rtl in (False, True):
        qweb._get_asset_bundle(bundle, css=True, js=False, rtl=rtl).css()
env.cr.commit()
