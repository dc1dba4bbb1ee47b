package org.relayhub.message.codes;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service types, and the second-line system behind each: {@code codes/service-catalogue.csv}. A row is of all types
 * that begin with its prefix and with no longer one.
 */
public final class ServiceCatalogue extends DatedCodes<ServiceCatalogue.Service> {

    /**
     * One row.
     *
     * @param code the prefix
     * @param secondLineDomain the domain of the system that handles its complaints
     */
    public record Service(
            String code,
            String nameZh,
            String secondLineDomain,
            Validity validity,
            @Nullable String replacedBy) implements DatedCode {}

    private static final List<String> MANDATORY = List.of("svc_type_prefix", "name_zh", "second_line_domain");

    /** Nobody reads them but people: what a row's status is follows from its dates. */
    private static final List<String> OPTIONAL = List.of("status", "code_origin");

    private static final Pattern DOMAIN = Pattern.compile("[A-Z]{2,4}");

    /** @throws BrokenFileException if there is anything wrong with the table; the message names the line */
    public ServiceCatalogue(CodeTable csv) {
        super(csv, ServiceCatalogue::read);
    }

    private static DatedTable<Service> read(CodeTable csv) {
        return DatedTable.of(csv, MANDATORY, OPTIONAL, ServiceCatalogue::service);
    }

    private static Service service(CodeTable.Row row) {
        String domain = row.require("second_line_domain");
        if (!DOMAIN.matcher(domain).matches()) {
            throw row.fault("second_line_domain is not 2 to 4 capital letters");
        }
        return new Service(
                row.require("svc_type_prefix"),
                row.require("name_zh"),
                domain,
                Validity.of(row),
                row.find("replaced_by"));
    }

    /** What a service type is on a day, by the longest prefix that it begins with. */
    public Lookup<Service> find(String svcTypeId, LocalDate day) {
        return now().findByPrefix(svcTypeId, day);
    }

    /** The domain of the system that handles complaints of a service type; empty if it is not in force on the day. */
    public Optional<String> domain(String svcTypeId, LocalDate day) {
        return find(svcTypeId, day).inForce().map(Service::secondLineDomain);
    }
}
