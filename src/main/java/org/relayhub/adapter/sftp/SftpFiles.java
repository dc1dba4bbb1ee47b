package org.relayhub.adapter.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.util.Optional;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.jspecify.annotations.Nullable;

/**
 * Camel's operations on a server's files, and one that it lacks: what the server says of a single file. Camel has the
 * server list the whole folder for that, which is slow, and wrong where another hub moves a file of the folder meanwhile.
 */
public final class SftpFiles extends SftpOperations {

    private @Nullable Session session;
    private @Nullable ChannelSftp questions;

    SftpFiles(@Nullable Proxy proxy) {
        super(proxy);
    }

    @Override
    protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        Session created = super.createSession(configuration);
        session = created;
        return created;
    }

    /**
     * What the server says of a file, a link not followed.
     *
     * @param path from the server's root on
     * @return empty if there is none
     * @throws GenericFileOperationFailedException if the server does not say
     */
    public Optional<SftpATTRS> find(String path) {
        try {
            return Optional.of(questions().lstat(path));
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw new GenericFileOperationFailedException("The server does not say what " + path + " is", e);
        } catch (JSchException e) {
            throw new GenericFileOperationFailedException("The server does not say what " + path + " is", e);
        }
    }

    @Override
    public boolean existsFile(String path) {
        return find(path).isPresent();
    }

    /** A channel beside Camel's own in the session, which ends with it. */
    private ChannelSftp questions() throws JSchException {
        if (session == null) {
            throw new JSchException("not connected");
        }
        if (questions == null || !questions.isConnected()) {
            questions = (ChannelSftp) session.openChannel("sftp");
            questions.connect(session.getTimeout());
        }
        return questions;
    }
}
