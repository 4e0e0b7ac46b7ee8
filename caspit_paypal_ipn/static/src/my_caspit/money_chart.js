import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";

import {loadBundle} from "@web/core/assets";
import {cookie} from "@web/core/browser/cookie";
import {getCustomColor} from "@web/core/colors/colors";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {formatMonetary} from "@web/views/fields/formatters";

const {DateTime} = luxon;

const FORMATS = {
    day: {day: "numeric", month: "short"},
    month: {month: "short", year: "numeric"},
};

/** Bars of what came in and what went back, a pair for each day or month. */
export class MoneyChart extends Component {
    static template = "caspit_paypal_ipn.MoneyChart";
    static props = {
        currencyId: Number,
        days: {type: Array, element: String},
        series: Object,
        unit: String,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.series, this.props.currencyId]
        );
    }

    get description() {
        return _t("Money in and refunds, by day or month");
    }

    get config() {
        const scheme = cookie.get("color_scheme");
        const text = getCustomColor(scheme, "#374151", "#e4e4e4");
        const lines = getCustomColor(scheme, "rgba(0,0,0,.1)", "rgba(255,255,255,.15)");
        const isRtl = localization.direction === "rtl";
        const money = (amount) =>
            formatMonetary(amount, {currencyId: this.props.currencyId});
        return {
            type: "bar",
            data: {
                labels: this.props.days.map((day) =>
                    DateTime.fromISO(day).toLocaleString(FORMATS[this.props.unit])
                ),
                datasets: [
                    {
                        label: _t("Money in"),
                        data: this.props.series.money_in,
                        backgroundColor: getCustomColor(scheme, "#017e84", "#2cb5bb"),
                    },
                    {
                        label: _t("Refunds"),
                        data: this.props.series.refunds,
                        backgroundColor: getCustomColor(scheme, "#c2410c", "#f48935"),
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                locale: localization.code.replace("_", "-"),
                plugins: {
                    legend: {rtl: isRtl, labels: {color: text}},
                    tooltip: {
                        rtl: isRtl,
                        callbacks: {
                            label: (item) =>
                                ` ${item.dataset.label}: \u2066${money(item.raw)}\u2069`,
                        },
                    },
                },
                scales: {
                    x: {grid: {display: false}, ticks: {color: text}},
                    y: {
                        beginAtZero: true,
                        grid: {color: lines},
                        ticks: {color: text, maxTicksLimit: 6},
                    },
                },
            },
        };
    }
}
