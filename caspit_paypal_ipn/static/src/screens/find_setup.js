import {registry} from "@web/core/registry";

const SET_UP = "caspit_paypal_ipn.menu_paypal_setup";

/**
 * Ctrl-K finds the set-up under PayPal's name. Odoo looks menus up there only behind a
 * slash, which a merchant has to know. Who has no such menu is offered nothing.
 */
registry.category("command_provider").add("caspit_paypal_setup", {
    provide(env, {searchValue}) {
        const setUp = env.services.menu.getAll().find(({xmlid}) => xmlid === SET_UP);
        if (!searchValue || !setUp) {
            return [];
        }
        return [
            {
                action: () => env.services.menu.selectMenu(setUp),
                category: "app",
                name: `PayPal / ${setUp.name}`,
            },
        ];
    },
});
