package org.relayhub.standalone.sftp;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client that sends requests of SFTP as no honest one does: byte by byte as they are given. */
final class SftpRequests implements AutoCloseable {

    static final int STATUS = 101;
    static final int HANDLE = 102;
    static final int NAMES = 104;

    /** What the server answered. */
    record Reply(int type, byte[] rest) {

        /** The code of a status; -1 for another answer. */
        int status() {
            return type == STATUS ? fromInt(4) : -1;
        }

        /** The sentence of a status. */
        String sentence() {
            return new String(rest, 12, fromInt(8), StandardCharsets.UTF_8);
        }

        byte[] handle() {
            return java.util.Arrays.copyOfRange(rest, 8, 8 + fromInt(4));
        }

        private int fromInt(int at) {
            return java.nio.ByteBuffer.wrap(rest).getInt(at);
        }
    }

    /** The parts of a request after its number. */
    static final class Parts {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Parts string(String text) throws IOException {
            return string(text.getBytes(StandardCharsets.UTF_8));
        }

        Parts string(byte[] text) throws IOException {
            out.writeInt(text.length);
            out.write(text);
            return this;
        }

        Parts number(int number) throws IOException {
            out.writeInt(number);
            return this;
        }

        Parts octet(int octet) throws IOException {
            out.writeByte(octet);
            return this;
        }

        Parts longer(long number) throws IOException {
            out.writeLong(number);
            return this;
        }
    }

    private final Channel channel;
    private final DataOutputStream out;
    private final DataInputStream in;
    private int number;

    /** @param version the one of SFTP that is asked for, 3 to 6 */
    SftpRequests(Session session, int version) throws JSchException, IOException {
        var subsystem = (ChannelSubsystem) session.openChannel("subsystem");
        subsystem.setSubsystem("sftp");
        channel = subsystem;
        out = new DataOutputStream(subsystem.getOutputStream());
        in = new DataInputStream(subsystem.getInputStream());
        subsystem.connect(5_000);
        out.writeInt(5);
        out.writeByte(1);
        out.writeInt(version);
        out.flush();
        read();
    }

    Reply ask(int type, Parts parts) throws IOException {
        byte[] body = parts.bytes.toByteArray();
        out.writeInt(5 + body.length);
        out.writeByte(type);
        out.writeInt(++number);
        out.write(body);
        out.flush();
        return read();
    }

    /** Sends bytes that need not be a request. */
    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private Reply read() throws IOException {
        int length = in.readInt();
        int type = in.readByte();
        return new Reply(type, in.readNBytes(length - 1));
    }

    boolean isOpen() {
        return channel.isConnected();
    }

    @Override
    public void close() {
        channel.disconnect();
    }
}
