package org.relayhub.message.codes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The own-business operations: {@code codes/own-business.csv}. */
public final class OwnBusinessCatalogue {

    /** One operation of a service. */
    public record Operation(
            String serviceTypeId,
            String domain,
            String operateTypeId,
            boolean query,
            String operationZh,
            List<String> conditions) {}

    private final Map<String, Operation> operations = new HashMap<>();

    public OwnBusinessCatalogue(CodeTable table) {
        for (CodeTable.Row row : table.rows()) {
            var operation = new Operation(
                    row.get("service_type_id"),
                    row.get("domain"),
                    row.get("operate_type_id"),
                    row.get("kind").equals("query"),
                    row.get("operation_zh"),
                    List.of(row.get("conditions").split("\\|")));
            operations.put(operation.serviceTypeId() + operation.operateTypeId(), operation);
        }
    }

    public Optional<Operation> find(String serviceTypeId, String operateTypeId) {
        return Optional.ofNullable(operations.get(serviceTypeId + operateTypeId));
    }

    public Optional<String> domain(String serviceTypeId, java.time.LocalDate day) {
        return operations.values().stream()
                .filter(operation -> operation.serviceTypeId().equals(serviceTypeId))
                .map(Operation::domain)
                .findFirst();
    }

    public Optional<String> serviceTypeId(String domain, java.time.LocalDate day) {
        return operations.values().stream()
                .filter(operation -> operation.domain().equals(domain))
                .map(Operation::serviceTypeId)
                .findFirst();
    }
}
