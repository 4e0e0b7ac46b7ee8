import {Domain} from "@web/core/domain";
import {registry} from "@web/core/registry";
import {GraphModel} from "@web/views/graph/graph_model";
import {graphView} from "@web/views/graph/graph_view";
import {PivotModel} from "@web/views/pivot/pivot_model";
import {pivotView} from "@web/views/pivot/pivot_view";

/** What moved money: an amount that was forged, refused or only announced is none. */
const BOOKED = new Domain([
    ["state", "in", ["booked", "done"]],
    "|",
    ["is_order", "=", true],
    ["is_return", "=", true],
]);

function booked(searchParams) {
    return {
        ...searchParams,
        domain: Domain.and([searchParams.domain, BOOKED]).toList(
            searchParams.context || {}
        ),
    };
}

export class BookedGraphModel extends GraphModel {
    load(searchParams) {
        return super.load(booked(searchParams));
    }
}

export class BookedPivotModel extends PivotModel {
    load(searchParams) {
        return super.load(booked(searchParams));
    }
}

const views = registry.category("views");
views.add("paypal_ipn_graph", {...graphView, Model: BookedGraphModel});
views.add("paypal_ipn_pivot", {...pivotView, Model: BookedPivotModel});
