package org.relayhub.business;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codes.ResponseCodes;

/** Whether what a platform has answered has the shape that its asker can read. */
public final class ServiceAnswers {

    private ServiceAnswers() {}

    /**
     * What is wrong with an answer; empty if it can be passed on. A refusal needs no body.
     *
     * @param wanted the answer's body element
     */
    public static Optional<String> fault(InterBossDocument answer, String wanted) {
        if (answer.bodyFault() != null) {
            return Optional.of(answer.bodyFault().description());
        }
        if (!Objects.requireNonNull(answer.response()).rspCode().equals(ResponseCodes.SUCCESS)) {
            return Optional.empty();
        }
        Body body = answer.body();
        if (body == null || !body.element().equals(wanted)) {
            return Optional.of(wanted + ": missing in SvcCont");
        }
        return wanted.equals("BusinessQueryRsp") ? page(body) : Optional.empty();
    }

    private static Optional<String> page(Body body) {
        List<String> rows = body.all("QryRslt");
        if (!new BigInteger(body.get("RsltPageCurrCnt")).equals(BigInteger.valueOf(rows.size()))) {
            return Optional.of("RsltPageCurrCnt: the page has " + rows.size() + " rows");
        }
        if (new BigInteger(body.get("RsltTotalCnt")).compareTo(BigInteger.valueOf(rows.size())) < 0) {
            return Optional.of("RsltTotalCnt: is less than the rows of this page");
        }
        int columns = columns(body.get("RsltColumns"));
        for (int i = 0; i < rows.size(); i++) {
            if (columns(rows.get(i)) != columns) {
                return Optional.of("QryRslt: row " + (i + 1) + " has " + columns(rows.get(i)) + " values for " + columns
                        + " columns");
            }
        }
        return Optional.empty();
    }

    private static int columns(String joined) {
        return joined.split("\\|", -1).length;
    }
}
