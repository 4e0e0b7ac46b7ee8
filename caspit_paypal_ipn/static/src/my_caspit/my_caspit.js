import {Component, onWillStart, useState} from "@odoo/owl";

import {getCurrency} from "@web/core/currency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {MoneyChart} from "./money_chart";
import {useLive} from "../live/live";

/**
 * My Caspit: what came in, what waits for a person, and whether all is well.
 *
 * Opened anew, also by the way back from a message, it reads everything again.
 */
export class MyCaspit extends Component {
    static template = "caspit_paypal_ipn.MyCaspit";
    static components = {Layout, MoneyChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.periods = [
            {name: "today", label: _t("Today")},
            {name: "month", label: _t("This month")},
            {name: "last_month", label: _t("Last month")},
            {name: "year", label: _t("This year")},
        ];
        this.figures = [
            {name: "money_in", label: _t("Money in")},
            {name: "refunds", label: _t("Refunds")},
            {name: "fees", label: _t("Fees")},
        ];
        this.counts = [
            {name: "attention", label: _t("Needs Attention")},
            {name: "on_the_way", label: _t("On the Way")},
            {name: "done", label: _t("Done")},
            {name: "ignored", label: _t("Ignored")},
            {name: "refused", label: _t("Refused")},
            {name: "blocked", label: _t("Blocked")},
        ];
        this.retryLabel = _t("Retry");
        this.state = useState({
            period: "month",
            currencyId: false,
            ...this.props.state,
            data: null,
            isReading: false,
            retrying: null,
        });
        useSetupAction({
            getLocalState: () => ({
                period: this.state.period,
                currencyId: this.state.currencyId,
            }),
        });
        onWillStart(() => this.read());
        useLive(() => this.read());
    }

    /** Read everything again, for the chosen period. */
    async read() {
        this.state.isReading = true;
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call("caspit.dashboard", "read_dashboard", [this.state.period])
            );
        } finally {
            this.state.isReading = false;
        }
    }

    async choosePeriod(period) {
        this.state.period = period;
        await this.read();
    }

    chooseCurrency(ev) {
        this.state.currencyId = Number(ev.target.value);
    }

    // What is shown

    money(amount, currencyId) {
        return formatMonetary(amount, {currencyId});
    }

    /** The amount of a message, whose currency may well be one that is not active. */
    messageMoney({amount, currency, currency_id}) {
        return getCurrency(currency_id)
            ? this.money(amount, currency_id)
            : `${this.money(amount, false)} ${currency}`;
    }

    /** The currencies that something moved in, so that there is a chart of them. */
    get chartCurrencies() {
        const {currencies, chart} = this.state.data;
        return currencies.filter(({id}) => id in chart.series);
    }

    get chartCurrency() {
        const currencies = this.chartCurrencies;
        return currencies.find(({id}) => id === this.state.currencyId) || currencies[0];
    }

    get hasEarlierFigures() {
        return this.state.data.currencies.some(({before}) =>
            Object.values(before).some(Boolean)
        );
    }

    // What a click does

    openMessage(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "paypal.ipn",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Correct where a receipt goes that has not arrived, and send it once more. */
    sendAgain(receipt) {
        return this.action.doAction("caspit_paypal_ipn.paypal_receipt_again_action", {
            additionalContext: {default_ipn_id: receipt.id},
            onClose: () => this.read(),
        });
    }

    async openMessages(name) {
        const action = await this.orm.call("caspit.dashboard", "open_messages", [name]);
        return this.action.doAction(action);
    }

    /** Open the company on the tab where PayPal is set up. */
    openSetUp() {
        return this.action.doAction("caspit_paypal_ipn.res_company_action_modules", {
            props: {resId: this.state.data.company_id},
        });
    }

    async retry(message) {
        this.state.retrying = message.id;
        try {
            await this.orm.call("paypal.ipn", "action_retry", [[message.id]]);
            this.notification.add(_t("The message is tried again."), {type: "success"});
        } finally {
            this.state.retrying = null;
            await this.read();
        }
    }
}

registry.category("actions").add("caspit_paypal_ipn.my_caspit", MyCaspit);
