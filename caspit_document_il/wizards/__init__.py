# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import certificate_upload
from . import uniform_file
