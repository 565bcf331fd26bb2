package org.hyalite.study;

/** Writes {@code progress.json}. */
final class ProgressWriter {
    static final String HOST = host();

    private ProgressWriter() {}

    private static String host() {
        try {
            return java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            return "";
        }
    }
}
