package org.relayhub.security.login;

/**
 * A name that somebody unknown has sent, as it may stand in a log line: it cannot begin a line of its own, nor pass for
 * another part of this one.
 */
record PrintableName(String sent) {

    private static final int LONGEST = 40;

    @Override
    public String toString() {
        String safe = sent.replaceAll("[^A-Za-z0-9._@-]", "?");
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
    }
}
