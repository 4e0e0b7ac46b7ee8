import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";

import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const REFRESH_EVERY = 2000; // milliseconds

/** Reads the form anew while its retry is running; it shows nothing itself. */
export class RetryRefresh extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => this.schedule());
        onWillUnmount(() => {
            this.isGone = true;
            clearTimeout(this.timer);
        });
    }

    schedule() {
        this.timer = setTimeout(() => this.refresh(), REFRESH_EVERY);
    }

    async refresh() {
        const {record} = this.props;
        if (record.data.is_running && !document.hidden) {
            try {
                await record.load();
            } catch (error) {
                // Without a network there is nothing new; Odoo itself says so.
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
            }
        }
        if (!this.isGone) {
            this.schedule();
        }
    }
}

registry.category("view_widgets").add("paypal_retry_refresh", {
    component: RetryRefresh,
    fieldDependencies: [{name: "is_running", type: "boolean"}],
});
