package org.relayhub.standalone.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.util.ArrayList;
import java.util.List;

/** Clients of a server that a test has started, by the library that the hub uses; all are gone when it is closed. */
public final class SftpClients implements AutoCloseable {

    private final EmbeddedSftp server;
    private final List<Session> sessions = new ArrayList<>();

    public SftpClients(EmbeddedSftp server) {
        this.server = server;
    }

    /** @throws JSchException if it is not let in, or the server does not prove who it is */
    public Session session(String user, String password) throws JSchException {
        var client = new JSch();
        client.setKnownHosts(server.knownHosts().toString());
        Session session = client.getSession(user, server.host(), server.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "password");
        session.setPassword(password);
        session.connect(10_000);
        sessions.add(session);
        return session;
    }

    /** A sender, whose password is {@code demo}, or the hub. */
    public ChannelSftp as(String user) throws JSchException {
        Session session = session(user, user.equals("hub-000") ? server.hubPassword() : "demo");
        var channel = (ChannelSftp) session.openChannel("sftp");
        channel.connect(10_000);
        return channel;
    }

    @Override
    public void close() {
        sessions.forEach(Session::disconnect);
    }
}
