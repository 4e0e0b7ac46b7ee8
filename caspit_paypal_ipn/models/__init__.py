# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rooms, and the vocabulary that all of them use, beside this file.

No method of a model is defined twice in this add-on, so the order is of no meaning;
but a model comes before what extends it.
"""

from . import facts, inbox, books, delivery, company, customer, dashboard, forwarding
