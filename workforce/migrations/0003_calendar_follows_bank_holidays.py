import datetime

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0002_facts_across"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="bankholiday",
            trigger=pgtrigger.compiler.Trigger(
                name="number_calendar_days",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        LOCK TABLE workforce_calendarday IN SHARE ROW EXCLUSIVE MODE;\n        INSERT INTO workforce_calendarday AS known (day, number, working)\n        SELECT day, count(*) FILTER (WHERE working) OVER (ORDER BY day), working\n        FROM (\n            SELECT day, extract(isodow FROM day) < 6 AND day NOT IN (\n                SELECT holiday.day FROM workforce_bankholiday holiday\n            ) AS working\n            FROM (\n                SELECT DATE '1970-01-01' + generate_series(0, 33237) AS day\n            ) every\n        ) counted\n        ON CONFLICT (day) DO UPDATE SET number = excluded.number, working = excluded.working\n            WHERE (known.number, known.working) IS DISTINCT FROM (excluded.number, excluded.working);\n        RETURN NULL;\n    ",
                    hash="68ae8cc161a4809601b0f890073bfff788e9d54e",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_number_calendar_days_c3d42",
                    table="workforce_bankholiday",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bankholiday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day__isnull", True),
                    models.Q(
                        ("day__gte", datetime.date(1900, 1, 1)),
                        ("day__lt", datetime.date(2200, 1, 1)),
                    ),
                    _connector="OR",
                ),
                name="bank_holiday_dates_plausible",
                violation_error_message="Enter a real date, between the years 1900 and 2199.",
            ),
        ),
    ]
