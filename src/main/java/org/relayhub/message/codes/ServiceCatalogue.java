package org.relayhub.message.codes;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service types, the second-line system behind each, and when they are in force: {@code codes/service-catalogue.csv}. */
public final class ServiceCatalogue {

    /**
     * One service type.
     *
     * @param secondLineDomain the domain of the system that handles its complaints
     * @param validTo the last day it is in force; null where no end is known
     * @param replacedBy the prefix of its successor; null where it has none
     */
    public record Service(
            String prefix,
            String nameZh,
            String secondLineDomain,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String replacedBy) {

        /** Whether the service is in force on a day of China time. */
        public boolean inForce(LocalDate day) {
            return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
        }
    }

    private final List<Service> longestFirst;

    public ServiceCatalogue(CodeTable table) {
        longestFirst = table.rows().stream()
                .map(row -> new Service(
                        row.get("svc_type_prefix"),
                        row.get("name_zh"),
                        row.get("second_line_domain"),
                        LocalDate.parse(row.get("valid_from")),
                        row.get("valid_to").isEmpty() ? null : LocalDate.parse(row.get("valid_to")),
                        row.get("replaced_by").isEmpty() ? null : row.get("replaced_by")))
                .sorted(Comparator.comparing(
                                (Service service) -> service.prefix().length())
                        .reversed())
                .toList();
    }

    /** The service whose prefix is the longest that a service type begins with; null if there is none. */
    public @Nullable Service find(String svcTypeId) {
        for (Service service : longestFirst) {
            if (svcTypeId.startsWith(service.prefix())) {
                return service;
            }
        }
        return null;
    }

    public java.util.Optional<String> domain(String svcTypeId, LocalDate day) {
        Service service = find(svcTypeId);
        return service == null ? java.util.Optional.empty() : java.util.Optional.of(service.secondLineDomain());
    }
}
