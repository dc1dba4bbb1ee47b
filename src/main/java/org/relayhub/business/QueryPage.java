package org.relayhub.business;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.relayhub.message.Body;

/** Whether a page of a query has the shape that its asker can read: as many rows as it says, each of as many values as columns. */
public final class QueryPage {

    private QueryPage() {}

    /** What is wrong with a BusinessQueryRsp; empty if it can be passed on. */
    public static Optional<String> fault(Body body) {
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
