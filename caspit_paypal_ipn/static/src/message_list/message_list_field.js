import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";

/**
 * A list of messages inside another form. A click leads to the message itself, with a
 * way back in the breadcrumbs, and not to a copy of it in a dialog.
 */
export class MessageListField extends X2ManyField {
    setup() {
        super.setup();
        this.action = useService("action");
    }

    async openRecord(record) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: this.list.resModel,
            res_id: record.resId,
            views: [[false, "form"]],
        });
    }
}

export const messageListField = {...x2ManyField, component: MessageListField};

registry.category("fields").add("paypal_message_list", messageListField);
