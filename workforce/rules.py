"""Rules about the people who work here: dates and moments in, answers out."""

import datetime

from config.workdays import LONDON

OPENS, CLOSES = datetime.time(9), datetime.time(17)


def out_of_hours(moment: datetime.datetime, *, working: bool) -> bool:
    """Whether the emergency duty team answers at that moment, on a working day or on another.

    It does from 17:00 to 09:00, and all day at weekends and on bank holidays, by London's clocks.
    """
    return not working or not OPENS <= moment.astimezone(LONDON).time() < CLOSES
