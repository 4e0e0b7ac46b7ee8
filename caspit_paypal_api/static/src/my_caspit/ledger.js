import {MyCaspit} from "@caspit_paypal_ipn/my_caspit/my_caspit";
import {patch} from "@web/core/utils/patch";

patch(MyCaspit.prototype, {
    async openLedger() {
        const action = await this.orm.call("caspit.dashboard", "open_ledger", []);
        return this.action.doAction(action);
    },
});
