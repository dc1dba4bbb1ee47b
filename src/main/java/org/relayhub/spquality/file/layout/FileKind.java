package org.relayhub.spquality.file.layout;

/** Who reports what. */
public enum FileKind {
    /** A province reports the service quality of the SPs that it works with. */
    SPQ,
    /** An SP states its hotline and contact. */
    SPS
}
