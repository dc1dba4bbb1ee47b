package org.relayhub.diagnosis;

import java.util.List;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.diagnosis.verdict.Verdict;

/**
 * What a diagnosis has come to.
 *
 * @param alarms those that are active on the line or in its area, the gravest first
 */
public record Conclusion(Verdict verdict, String advice, List<Finding> findings, List<Alarm> alarms) {

    /** Whether any source has said anything. */
    public boolean isInformed() {
        return findings.stream().anyMatch(finding -> finding.outcome() == Finding.Outcome.OK);
    }
}
