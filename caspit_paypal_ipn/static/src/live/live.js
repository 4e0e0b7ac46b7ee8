import {onMounted, onWillUnmount} from "@odoo/owl";

import {ConnectionLostError} from "@web/core/network/rpc";
import {useService} from "@web/core/utils/hooks";

export const EVENT = "paypal_ipn/changed";
const PAUSE = 1000; // Milliseconds; a burst of messages is read in steps of these
const POLL = 2000; // Milliseconds

/**
 * Read a screen again when messages have changed on the server, while it is looked at.
 *
 * @param {() => Promise} refresh reads the screen again
 * @param {(ids: number[]) => boolean} concerns whether it shows one of these messages
 * @param {() => boolean} isBusy whether the user is at something that would get lost
 * @param {() => boolean} isAwaited whether the user waits for what goes on: then it is
 *   read now and then, also where no websocket comes through
 */
export function useLive(
    refresh,
    {concerns = () => true, isBusy = () => false, isAwaited = () => false} = {}
) {
    const bus = useService("bus_service");
    let timer = null;
    let poll = null;
    let isRunning = false;
    let isStale = false;
    let isGone = false;

    function schedule() {
        if (timer === null && !isRunning && !isGone) {
            timer = setTimeout(run, PAUSE);
        }
    }

    async function run() {
        timer = null;
        if (document.hidden) {
            return; // OnShown goes on
        }
        if (isBusy()) {
            schedule();
            return;
        }
        isStale = false;
        isRunning = true;
        try {
            await refresh();
        } catch (error) {
            // Without a network there is nothing new; Odoo itself says so.
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        } finally {
            isRunning = false;
            if (isStale) {
                schedule();
            }
        }
    }

    function onChanged({ids}) {
        if (concerns(ids)) {
            isStale = true;
            schedule();
        }
    }

    function look() {
        if (isAwaited()) {
            isStale = true;
            schedule();
        }
    }

    function onShown() {
        if (isStale && !document.hidden) {
            schedule();
        }
    }

    onMounted(() => {
        bus.subscribe(EVENT, onChanged);
        document.addEventListener("visibilitychange", onShown);
        bus.start();
        poll = setInterval(look, POLL);
    });
    onWillUnmount(() => {
        bus.unsubscribe(EVENT, onChanged);
        document.removeEventListener("visibilitychange", onShown);
        clearTimeout(timer);
        clearInterval(poll);
        isGone = true;
    });
}
