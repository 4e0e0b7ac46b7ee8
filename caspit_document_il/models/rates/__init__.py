# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Bank of Israel's representative rates, fetched each day into Odoo's own rates.

Odoo Community fetches no rates, and the OCA's ``currency_rate_update`` has no provider
for this bank: so this is a provider of our own, with a scheduled action.
"""

from . import res_company
