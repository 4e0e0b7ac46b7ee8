# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The signature under the original: the key, when it is used, and when it ends.

In comes the PDF of an original that is about to be kept and mailed; out it goes signed,
or as the company says that it goes when it cannot be signed.
"""

from . import certificate
from . import account_move
from . import account_move_send
