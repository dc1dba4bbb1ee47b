package org.relayhub.operations.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ServiceCatalogue;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/catalogue}: which service types, duty reasons and own-business operations are in force on a day of China
 * time, by the tables as they are now; without a day, today.
 */
@RestController
@RequestMapping("/api/catalogue")
final class CatalogueEndpoint {

    /** @param code what a service type begins with */
    record ServiceType(
            String code,
            String name,
            String secondLineDomain,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String replacedBy) {}

    record DutyReason(
            String code,
            String name,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String replacedBy) {}

    /**
     * An operation of an own-business platform.
     *
     * @param code ServiceTypeId and OperateTypeId, as in {@code 82/01002}
     * @param name the operation's
     * @param service the service's name
     * @param operation the operation's name
     * @param kind {@code query} or {@code handle}
     */
    record Operation(
            String code,
            String name,
            String serviceTypeId,
            String service,
            String domain,
            String operateTypeId,
            String kind,
            String operation,
            List<String> conditions,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String replacedBy) {}

    private final ServiceCatalogue services;
    private final DutyReasons reasons;
    private final OwnBusinessCatalogue operations;
    private final Clock clock;

    CatalogueEndpoint(ServiceCatalogue services, DutyReasons reasons, OwnBusinessCatalogue operations, Clock clock) {
        this.services = services;
        this.reasons = reasons;
        this.operations = operations;
        this.clock = clock;
    }

    @GetMapping("/service-types")
    List<ServiceType> serviceTypes(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate on) {
        return services.now().inForce(dayOr(on)).stream()
                .map(row -> new ServiceType(
                        row.code(),
                        row.nameZh(),
                        row.secondLineDomain(),
                        row.validity().from(),
                        row.validity().to(),
                        row.replacedBy()))
                .toList();
    }

    @GetMapping("/duty-reasons")
    List<DutyReason> dutyReasons(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate on) {
        return reasons.now().inForce(dayOr(on)).stream()
                .map(row -> new DutyReason(
                        row.code(),
                        row.nameZh(),
                        row.validity().from(),
                        row.validity().to(),
                        row.replacedBy()))
                .toList();
    }

    @GetMapping("/operations")
    List<Operation> operations(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate on) {
        return operations.now().inForce(dayOr(on)).stream()
                .map(row -> new Operation(
                        row.code(),
                        row.operationZh(),
                        row.serviceTypeId(),
                        row.serviceZh(),
                        row.domain(),
                        row.operateTypeId(),
                        row.kind().name().toLowerCase(Locale.ROOT),
                        row.operationZh(),
                        row.conditions(),
                        row.validity().from(),
                        row.validity().to(),
                        row.replacedBy()))
                .toList();
    }

    private LocalDate dayOr(@Nullable LocalDate on) {
        return on == null ? Serial.day(clock.instant()) : on;
    }
}
