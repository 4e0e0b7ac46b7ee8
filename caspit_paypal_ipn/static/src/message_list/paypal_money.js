import {registry} from "@web/core/registry";
import {MonetaryField, monetaryField} from "@web/views/fields/monetary/monetary_field";

/** An amount with its currency's code, where nobody has set that currency up. */
export class PaypalMoneyField extends MonetaryField {
    get formattedValue() {
        const {currency_id: currency, currency_code: code} = this.props.record.data;
        const text = super.formattedValue;
        const name = currency?.display_name || code;
        return this.currency || !this.value || !name ? text : `${text} ${name}`;
    }
}

registry.category("fields").add("paypal_money", {
    ...monetaryField,
    component: PaypalMoneyField,
});
