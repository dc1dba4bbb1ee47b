package org.relayhub.diagnosis.alarm;

/** How bad an alarm is, as {@code alarm.xsd} has it; the last is the most severe, as it is in the database. */
public enum Severity {
    WARNING,
    MINOR,
    MAJOR,
    CRITICAL
}
