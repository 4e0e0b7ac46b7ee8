"""Two processes at the rows of PayPal's list, as connections to one PostgreSQL."""

import threading

from conftest import shop_of_its_own

LIMIT = 60  # seconds


def test_a_row_that_another_has_in_hand_is_made_once_it_is_free(whole_bench):
    with shop_of_its_own(whole_bench) as session:
        with session.environment() as env:
            activity = env["paypal.activity"].create({"state": "ready"})
            row = env["paypal.activity.line"].create(
                {"activity_id": activity.id, "line": 2, "is_to_make": True}
            )

        def make():
            with session.environment() as env:
                env["paypal.activity"]._cron_work()

        maker = threading.Thread(target=make)
        with session.environment() as other:
            other[row._name].browse(row.id).lock_for_update()
            maker.start()
            maker.join(2)
        maker.join(LIMIT)

        assert not maker.is_alive()
        with session.environment() as env:
            assert not env[row._name].browse(row.id).is_to_make
