package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests that end too early, as after a broken connection. */
final class TruncationAttacks {

    private static final int CUTS = 40;

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        byte[] request = HostileDocuments.valid().soap().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < CUTS; i++) {
            int length = request.length * i / CUTS;
            all.add(fault("cut after " + length + " bytes", Arrays.copyOf(request, length)));
        }
        all.add(fault("cut before its last byte", Arrays.copyOf(request, request.length - 1)));
        String text = HostileDocuments.titledInText("x");
        int start = text.indexOf("<DispatchReq");
        int end = text.indexOf("]]>");
        for (int i = 1; i < CUTS / 2; i++) {
            int length = (end - start) * i / (CUTS / 2);
            all.add(refused(
                    "body in text cut after " + length + " characters",
                    "0106",
                    text.substring(0, start + length) + text.substring(end)));
        }
        return all;
    }
}
