import {Component, markup, status, useRef, useState} from "@odoo/owl";

import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The set-up, looked over when its tab is opened: what it asks costs the form nothing.
 *
 * The field that it stands on is another one at each reading of the record, so that the
 * findings are read again after each save and each button.
 */
export class PaypalChecks extends Component {
    static template = "caspit_paypal_ipn.PaypalChecks";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.state = useState({html: "", isBusy: false});
        useRecordObserver((record) => {
            if (record.resId && record.data[this.props.name]) {
                // The tab does not wait for it.
                this.look(record.resId);
            }
        });
    }

    /** Look the set-up over; of several looks at once the last one counts. */
    async look(id) {
        const look = (this.latest = Symbol("look"));
        const html = await this.orm.call("res.company", "paypal_read_checks", [[id]]);
        if (look === this.latest) {
            this.state.html = markup(html);
        }
    }

    /** Do what the button of a finding says: go to a field, or mend it at once. */
    async onClick(ev) {
        const {confirm, fill, press} = ev.target.closest("button")?.dataset || {};
        if (fill) {
            this.goTo(fill);
        } else if (press && confirm) {
            this.dialog.add(ConfirmationDialog, {
                body: confirm,
                cancel: () => undefined,
                confirm: () => this.press(press),
            });
        } else if (press) {
            await this.press(press);
        }
    }

    async press(method) {
        const {record} = this.props;
        this.state.isBusy = true;
        try {
            if (await record.save()) {
                const action = await this.orm.call("res.company", method, [
                    [record.resId],
                ]);
                if (action) {
                    await this.action.doAction(action);
                }
                // What was mended may lead away from here.
                if (status(this) !== "destroyed") {
                    await record.load();
                }
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    /** A field of this tab, or of one that has to be opened first. */
    goTo(name) {
        const form = this.root.el.closest(".o_form_view");
        const find = () => form.querySelector(`[name='${name}'] input`);
        if (!find()) {
            form.querySelector(".o_notebook_headers a.nav-link").click();
        }
        // The other tab is drawn with the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
    }
}

registry.category("fields").add("paypal_checks", {
    component: PaypalChecks,
    supportedTypes: ["char"],
});
