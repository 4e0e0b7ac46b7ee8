# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take rows in hand that other processes may be at."""


def lock_and_reread(records):
    """Lock what is free, and forget what was read of it before the lock.

    :param records: of any model
    :return: those that nobody else has locked; the caller filters once more, since they
        may have changed meanwhile
    """
    mine = records.try_lock_for_update(allow_referencing=True)
    mine.invalidate_recordset()
    return mine
