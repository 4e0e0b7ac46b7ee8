import {browser} from "@web/core/browser/browser";
import {rpcBus} from "@web/core/network/rpc";
import {UPDATE_METHODS} from "@web/core/orm_service";
import {registry} from "@web/core/registry";

const OURS = /^(paypal|caspit|il)_/;

/** Whether all that was written of a company are settings of ours. */
function areOurs({args, kwargs}) {
    const values = (args || []).find((each) => each && !Array.isArray(each));
    const names = Object.keys(values || kwargs?.vals || {});
    return names.length > 0 && names.every((name) => OURS.test(name));
}

/**
 * Odoo starts anew after each change of a company, since its name and its logo stand
 * around the screen. Our settings stand nowhere else: what was pressed shows its result
 * on the tab where it was pressed.
 */
export const reloadCompany = {
    dependencies: ["action"],
    start(env, {action}) {
        rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
            const {model, method, ...values} = detail.data.params;
            const concerns =
                !detail.error &&
                model === "res.company" &&
                UPDATE_METHODS.includes(method);
            if (
                concerns &&
                !areOurs(values) &&
                !browser.localStorage.getItem("running_tour")
            ) {
                action.doAction("reload_context");
            }
        });
    },
};

registry.category("services").add("reloadCompany", reloadCompany, {force: true});
