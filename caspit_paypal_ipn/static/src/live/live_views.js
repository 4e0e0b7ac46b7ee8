import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";

import {MessageKanbanRenderer, MessageListRenderer} from "./nothing_found";
import {useLive} from "./live";

/** Whether rows are ticked: a new reading would untick them. */
function hasSelection({root}) {
    return Boolean(root.selection?.length);
}

export class LiveListController extends ListController {
    setup() {
        super.setup();
        useLive(() => this.model.load(), {isBusy: () => hasSelection(this.model)});
    }
}

export class LiveKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLive(() => this.model.load(), {isBusy: () => hasSelection(this.model)});
    }
}

export class LiveFormController extends FormController {
    setup() {
        super.setup();
        useLive(() => this.model.load(), {
            concerns: (ids) => ids.includes(this.model.root.resId),
            isBusy: () => this.model.root.dirty,
        });
    }
}

/** What goes on in the background is read again while it does. */
export class LiveProgressController extends FormController {
    setup() {
        super.setup();
        useLive(() => this.model.load(), {
            concerns: () => this.model.root.data.is_running,
            isAwaited: () => this.model.root.data.is_running,
            isBusy: () => this.model.root.dirty,
        });
    }
}

const views = registry.category("views");
views.add("paypal_ipn_list", {
    ...listView,
    Controller: LiveListController,
    Renderer: MessageListRenderer,
});
views.add("paypal_ipn_kanban", {
    ...kanbanView,
    Controller: LiveKanbanController,
    Renderer: MessageKanbanRenderer,
});
views.add("paypal_ipn_form", {...formView, Controller: LiveFormController});
views.add("paypal_progress_form", {...formView, Controller: LiveProgressController});
