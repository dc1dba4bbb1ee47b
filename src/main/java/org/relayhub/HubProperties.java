package org.relayhub;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.relayhub.adapter.jms.BrokerSettings;
import org.relayhub.adapter.sftp.SftpSettings;
import org.relayhub.adapter.tls.PeerSettings;
import org.relayhub.business.BusinessSettings;
import org.relayhub.delivery.DeliverySettings;
import org.relayhub.delivery.presence.PresenceSettings;
import org.relayhub.diagnosis.DiagnosisSettings;
import org.relayhub.diagnosis.alarm.AlarmSettings;
import org.relayhub.directory.DirectorySettings;
import org.relayhub.security.SecuritySettings;
import org.relayhub.spquality.SpQualitySettings;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.ticket.archive.LedgerSettings;
import org.relayhub.ticket.deadline.DeadlineSettings;
import org.relayhub.ticket.probe.ProbeSettings;
import org.relayhub.trace.TraceSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The hub's settings. One that is not known, or has no sense, stops the start.
 *
 * @param name the hub's own name: no two hubs on one database may share it
 * @param home the folder beside which routes, adapters and schemas may lie; by default the jar's
 * @param routes where the routes are, ending in a slash; by default the folder in home, or else the packaged ones
 * @param adapters where the Kamelets and parties.yaml are, ending in a slash; likewise
 * @param schemas where schemas, code tables and migrations are, ending in a slash; likewise
 * @param directory how the hub keeps up with parties.yaml and the dated code tables
 * @param delivery how messages are delivered
 * @param presence how hubs on one database know of each other
 * @param business how own-business queries and handlings find their platform
 * @param diagnosis how the sources of a diagnosis are asked
 * @param peers how parties are called over HTTPS
 * @param broker where the broker of the JMS parties is
 * @param sftp which SFTP servers the hub takes files from and brings files to
 * @param alarms how the hub hears of alarms of the network
 * @param deadlines what the hub does about tickets that are not answered in time
 * @param ledger how the ledger is kept small
 * @param probes how the hub tries its links with test tickets of its own
 * @param tracing whether and where the hub reports the traces of messages
 * @param timers timers that outlive a hub
 * @param spQuality how the monthly SP files are taken in and kept
 * @param security who may call the hub
 * @param standalone what the default profile brings with it
 */
@Validated
@ConfigurationProperties(prefix = "hub", ignoreUnknownFields = false)
public record HubProperties(
        @NotBlank @Pattern(regexp = "[A-Za-z0-9._-]{1,40}") String name,

        @NotBlank String home,
        @NotBlank @Pattern(regexp = ".*/") String routes,
        @NotBlank @Pattern(regexp = ".*/") String adapters,
        @NotBlank @Pattern(regexp = ".*/") String schemas,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        DirectorySettings directory,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        DeliverySettings delivery,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        PresenceSettings presence,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        BusinessSettings business,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        DiagnosisSettings diagnosis,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        PeerSettings peers,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        BrokerSettings broker,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        SftpSettings sftp,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        AlarmSettings alarms,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        DeadlineSettings deadlines,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        LedgerSettings ledger,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        ProbeSettings probes,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        TraceSettings tracing,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        TimerSettings timers,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        SpQualitySettings spQuality,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        SecuritySettings security,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        StandaloneSettings standalone) {}
