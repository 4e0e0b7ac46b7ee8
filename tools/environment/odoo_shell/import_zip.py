"""Run by Odoo's shell: upload an archive of a module, as Apps → Import Module does.

Its path comes in the variable CASPIT_ZIP. As after a request, everything is kept when
Odoo takes it, and nothing when it refuses. What it said stands after ODOO SAID.
"""

import base64
import os
from pathlib import Path

from odoo.exceptions import UserError

archive = base64.b64encode(Path(os.environ["CASPIT_ZIP"]).read_bytes())
administrator = env(user=env.ref("base.user_admin"))
wizard = administrator["base.import.module"].create({"module_file": archive})
try:
    wizard.import_module()
except UserError as error:
    env.cr.rollback()
    # Its own text is the whole traceback.
    cause = error
    while cause.__cause__:
        cause = cause.__cause__
    print("ODOO SAID", " ".join(str(cause).split()))
else:
    env.cr.commit()
    print("ODOO SAID", "imported")
