# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .. import kinds, sources
from ..reasons import SENTENCES, VARIANTS


class PaypalIpn(models.Model):
    """The tables of kinds, sources and reasons, as add-ons have extended them."""

    _inherit = "paypal.ipn"

    @api.model
    def _kinds(self):
        """The table of kinds, as add-ons have extended it.

        An extension point: a module that adds a kind extends the selection ``kind``,
        classifies in ``res.company._paypal_kind``, and adds its row here. The method
        that the row names takes messages of one company, and moves each of them to a
        state, or raises ``Aside``: then nothing of it stays. It may be called again
        with each message alone. docs/HOW_TO_ADD_A_MESSAGE_KIND.md shows all of it.

        :return: :class:`~..kinds.Kind` by code. Within a batch messages are booked in
            this order
        :rtype: dict
        """
        return {kind.code: kind for kind in kinds.KINDS}

    def _kind(self):
        """This message's row of the table.

        :return: the row; a kind that a removed module has left behind is unknown
        """
        return self._kinds().get(self.kind, kinds.UNKNOWN)

    @api.model
    def _sources(self):
        """The table of sources, as add-ons have extended it.

        An extension point: a module that adds a source extends the selection ``source``
        and adds a :class:`~..sources.Source` here.

        :rtype: dict
        """
        return {source.code: source for source in sources.SOURCES}

    @api.model
    def _sources_by_rank(self):
        """:return: the sources, those first whose messages go first"""
        return sorted(self._sources().values(), key=lambda source: source.rank)

    def _source(self):
        """:return: the source of this message, or of these, which have the same"""
        return self._sources()[self[:1].source]

    @api.depends("kind")
    def _compute_table(self):
        for ipn in self:
            ipn.is_order = ipn._kind().is_order
            ipn.is_return = ipn._kind().figure == kinds.RETURNS

    def _search_is_order(self, operator, value):
        return self._search_table(operator, lambda kind: kind.is_order)

    def _search_is_return(self, operator, value):
        return self._search_table(operator, lambda kind: kind.figure == kinds.RETURNS)

    @api.model
    def _search_table(self, operator, fits):
        """:return: a domain of the kinds that fit; Odoo asks for ``in [True]`` alone"""
        if operator != "in":
            return NotImplemented
        codes = [code for code, kind in self._kinds().items() if fits(kind)]
        return [("kind", "in", codes)]

    @api.model
    def _reason_sentences(self):
        """The sentence of each reason, with ``%(name)s`` for what it names.

        An extension point: a module that adds a reason extends the selection ``reason``
        and adds its sentence here, as a ``LazyTranslate`` of its own.

        :rtype: dict
        """
        return dict(SENTENCES)

    @api.model
    def _reason_variants(self):
        """What a reason says instead, by ``reason.variant``; extensible alike.

        :rtype: dict
        """
        return dict(VARIANTS)
