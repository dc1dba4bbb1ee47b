package org.relayhub.message.codes;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the own-business platforms open to customer service, query by query and handling by handling:
 * {@code codes/own-business.csv}. On any day a domain has one service, and a service is of one domain.
 */
public final class OwnBusinessCatalogue extends DatedCodes<OwnBusinessCatalogue.Operation> {

    /** Whether an operation only looks, and may be repeated, or changes something, and may not. */
    public enum Kind {
        QUERY,
        HANDLE
    }

    /**
     * One operation.
     *
     * @param serviceTypeId as ServiceTypeId in a document
     * @param domain of the platform, whose node is 000
     * @param operateTypeId as OperateTypeId in a document
     * @param conditions the names of the values of OperateConditions, in their order; never empty, each of
     *     {@link #CONDITIONS}, none twice
     * @param replacedBy the {@link #code} of what takes its place when it has ended; null where nothing does
     */
    public record Operation(
            String serviceTypeId,
            String serviceZh,
            String domain,
            String operateTypeId,
            Kind kind,
            String operationZh,
            List<String> conditions,
            Validity validity,
            @Nullable String replacedBy)
            implements DatedCode {

        /** ServiceTypeId and OperateTypeId, as in {@code 82/01002}. */
        @Override
        public String code() {
            return OwnBusinessCatalogue.code(serviceTypeId, operateTypeId);
        }
    }

    /** The names that a condition may have: what its value is checked by hangs on its name. */
    public static final Set<String> CONDITIONS =
            Set.of("msisdn", "from", "to", "terminal", "service", "book", "order", "action");

    private static final List<String> MANDATORY =
            List.of("service_type_id", "service_zh", "domain", "operate_type_id", "kind", "operation_zh", "conditions");
    private static final List<String> OPTIONAL = List.of("code_origin");

    private static final Pattern SERVICE_TYPE_ID = Pattern.compile("[0-9]{1,3}");
    private static final Pattern OPERATE_TYPE_ID = Pattern.compile("[0-9]{5}");
    private static final Pattern DOMAIN = Pattern.compile("[A-Z]{2,4}");

    /** @throws BrokenFileException if there is anything wrong with the table; the message names the line */
    public OwnBusinessCatalogue(CodeTable csv) {
        super(csv, OwnBusinessCatalogue::read);
    }

    private static DatedTable<Operation> read(CodeTable csv) {
        DatedTable<Operation> read = DatedTable.of(csv, MANDATORY, OPTIONAL, OwnBusinessCatalogue::operation);
        for (int i = 0; i < read.rows().size(); i++) {
            for (int earlier = 0; earlier < i; earlier++) {
                checkService(
                        csv.rows().get(earlier),
                        read.rows().get(earlier),
                        csv.rows().get(i),
                        read.rows().get(i));
            }
        }
        return read;
    }

    private static void checkService(CodeTable.Row first, Operation one, CodeTable.Row second, Operation other) {
        boolean sameService = one.serviceTypeId().equals(other.serviceTypeId());
        boolean sameDomain = one.domain().equals(other.domain());
        if (sameService == sameDomain || !one.validity().overlaps(other.validity())) {
            return;
        }
        throw second.fault(
                sameService
                        ? "service " + one.serviceTypeId() + " is of domain " + one.domain() + " in line "
                                + first.line()
                        : "domain " + one.domain() + " has service " + one.serviceTypeId() + " in line "
                                + first.line());
    }

    private static Operation operation(CodeTable.Row row) {
        String service = matching(row, "service_type_id", SERVICE_TYPE_ID, "1 to 3 digits");
        String replacedBy = row.find("replaced_by");
        return new Operation(
                service,
                row.require("service_zh"),
                matching(row, "domain", DOMAIN, "2 to 4 capital letters"),
                matching(row, "operate_type_id", OPERATE_TYPE_ID, "5 digits"),
                kind(row),
                row.require("operation_zh"),
                conditions(row),
                Validity.of(row),
                replacedBy == null ? null : successor(service, replacedBy));
    }

    private static String matching(CodeTable.Row row, String column, Pattern form, String wanted) {
        String value = row.require(column);
        if (!form.matcher(value).matches()) {
            throw row.fault(column + " is not " + wanted);
        }
        return value;
    }

    private static Kind kind(CodeTable.Row row) {
        return switch (row.require("kind")) {
            case "query" -> Kind.QUERY;
            case "handle" -> Kind.HANDLE;
            default -> throw row.fault("kind is neither query nor handle");
        };
    }

    private static List<String> conditions(CodeTable.Row row) {
        List<String> names = List.of(row.require("conditions").split("\\|", -1));
        for (String name : names) {
            if (!CONDITIONS.contains(name)) {
                throw row.fault("a condition is none of "
                        + String.join(", ", CONDITIONS.stream().sorted().toList()));
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw row.fault("a condition stands twice");
        }
        return names;
    }

    /** Within its service, an operation is named by its OperateTypeId alone. */
    private static String successor(String service, String replacedBy) {
        return replacedBy.indexOf('/') < 0 ? code(service, replacedBy) : replacedBy;
    }

    private static String code(String serviceTypeId, String operateTypeId) {
        return serviceTypeId + "/" + operateTypeId;
    }

    /**
     * What an operation is on a day: in force, ended, not begun, or unknown. A caller that refuses one that is not in
     * force has the words for it, successor and all, in {@link Lookup#refusal}.
     *
     * @param day of China time
     */
    public Lookup<Operation> find(String serviceTypeId, String operateTypeId, LocalDate day) {
        return now().find(code(serviceTypeId, operateTypeId), day);
    }

    /** The domain of a service on a day; empty if no operation of such a service is in force. */
    public Optional<String> domain(String serviceTypeId, LocalDate day) {
        return inForce(day)
                .filter(operation -> operation.serviceTypeId().equals(serviceTypeId))
                .map(Operation::domain)
                .findFirst();
    }

    /** The ServiceTypeId of a domain on a day; empty if no operation of it is in force. */
    public Optional<String> serviceTypeId(String domain, LocalDate day) {
        return inForce(day)
                .filter(operation -> operation.domain().equals(domain))
                .map(Operation::serviceTypeId)
                .findFirst();
    }

    private Stream<Operation> inForce(LocalDate day) {
        return now().rows().stream().filter(operation -> operation.validity().includes(day));
    }
}
