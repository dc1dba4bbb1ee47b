package org.relayhub.standalone;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.File;
import org.jspecify.annotations.Nullable;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the default profile.
 *
 * @param dataFolder the folder that keeps everything which outlives the hub's process; one hub at a time uses it
 * @param databasePort port of the embedded database on 127.0.0.1; if it is taken, any free one is used
 * @param brokerPort port of the embedded broker on 127.0.0.1, for CORE and AMQP; if it is taken, any free one is used
 * @param sftpPort port of the embedded SFTP server on 127.0.0.1; if it is taken, any free one is used
 * @param sftpMaxFileSize how long a file may be that a partner drops there
 * @param sftpKeys the folder of the keys that prove users there, a file for each; null for {@code sftp-keys} in the data
 *     folder
 * @param poolSize how many connections to the embedded database the hub keeps
 * @param simulation the simulated peers
 */
public record StandaloneSettings(
        @DefaultValue("./data") File dataFolder,
        @DefaultValue("15432") @Min(1) @Max(65535) int databasePort,
        @DefaultValue("61616") @Min(1) @Max(65535) int brokerPort,
        @DefaultValue("2222") @Min(1) @Max(65535) int sftpPort,
        @DefaultValue("2GB") @NotNull DataSize sftpMaxFileSize,
        @Nullable File sftpKeys,
        @DefaultValue("16") @Min(2) @Max(80) int poolSize,
        @NestedConfigurationProperty @DefaultValue @Valid SimulationSettings simulation) {}
