package org.relayhub.operations.indicator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.operations.report.DayBook;
import org.relayhub.operations.report.Indicator;
import org.relayhub.operations.report.Provinces;
import org.relayhub.operations.report.ReportDesk;
import org.relayhub.operations.report.Subscribers;

/** How each province does in the last day, and all of them together. */
final class ProvinceIndicators implements MeterBinder {

    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private final Subscribers subscribers;
    private final Snapshot<Map<String, Provinces.Row>> lately;
    private final Snapshot<Map<String, Provinces.Row>> month;

    ProvinceIndicators(Subscribers subscribers, DayBook days, ReportDesk reports, Clock clock) {
        this.subscribers = subscribers;
        this.lately = new Snapshot<>(COUNTED_EVERY, () -> byCode(days.lately()));
        this.month = new Snapshot<>(
                COUNTED_EVERY,
                () -> byCode(
                        reports.of(YearMonth.from(Serial.day(clock.instant()))).provinces()));
    }

    private static Map<String, Provinces.Row> byCode(Provinces provinces) {
        Map<String, Provinces.Row> rows = new TreeMap<>();
        provinces.rows().forEach(row -> rows.put(row.province(), row));
        rows.put(provinces.all().province(), provinces.all());
        return rows;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        subscribers.provinces().forEach(province -> bind(province, meters));
        bind(Provinces.HEADQUARTERS, meters);
        bind(Provinces.ALL, meters);
    }

    private void bind(String province, MeterRegistry meters) {
        for (Indicator indicator : Indicator.values()) {
            Gauge.builder(
                            "hub.province." + indicator.label().replace('-', '.'),
                            () -> lately.value(rows -> value(rows.get(province), indicator)))
                    .description("of the tickets or questions of a province in the last day"
                            + (indicator.isLate() ? " but one" : "") + ": " + indicator.label())
                    .baseUnit(
                            switch (indicator.unit()) {
                                case SECONDS -> "seconds";
                                case SHARE -> "ratio";
                                case NUMBER, RATE -> null;
                            })
                    .tag("province", province)
                    .register(meters);
        }
        Gauge.builder(
                        "hub.province.month.complaints.per.10000",
                        () -> month.value(rows -> value(rows.get(province), Indicator.COMPLAINTS_PER_10000)))
                .description("tickets of a province in the running month for each 10,000 of its subscribers")
                .tag("province", province)
                .register(meters);
    }

    private static double value(Provinces.@Nullable Row row, Indicator indicator) {
        Double value = row == null ? null : row.value(indicator);
        return value == null ? Double.NaN : value;
    }
}
