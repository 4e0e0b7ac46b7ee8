import {markup} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {ListRenderer} from "@web/views/list/list_renderer";

/**
 * What an empty list says: that nothing has come yet, or that nothing fits the search.
 *
 * @param {Object} searchModel of the view
 * @param {Object} help what the action says when there is nothing at all
 */
function emptyHelp({facets, globalContext}, help) {
    const asked = facets.filter(({type}) => type !== "groupBy");
    const isOwnFilter =
        globalContext.paypal_filter_is_own && asked.every(({type}) => type !== "field");
    if (!asked.length || isOwnFilter) {
        return help;
    }
    const title = _t("No message fits this search");
    const advice = _t(
        "Try one word of the name or of the e-mail address, the amount, or a part of a number; or take filters away."
    );
    return markup`<p class="o_view_nocontent_empty_folder">${title}</p><p>${advice}</p>`;
}

export class MessageListRenderer extends ListRenderer {
    static template = "caspit_paypal_ipn.MessageListRenderer";

    get emptyHelp() {
        return emptyHelp(this.env.searchModel, this.props.noContentHelp);
    }
}

export class MessageKanbanRenderer extends KanbanRenderer {
    static template = "caspit_paypal_ipn.MessageKanbanRenderer";

    get emptyHelp() {
        return emptyHelp(this.env.searchModel, this.props.noContentHelp);
    }
}
