package org.relayhub.standalone.simulation.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.OwnBusinessCatalogue.Kind;
import org.relayhub.message.codes.OwnBusinessCatalogue.Operation;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.standalone.simulation.service.QueryTable.Query;
import org.relayhub.standalone.simulation.service.Records.Entry;

/** Queries and handlings of the own-business platforms, of their own and of the customers. */
final class Operations {

    private static final int PAGE = 10;

    /** No query has as many pages; what is beyond it is empty like it. */
    private static final int LAST_PAGE_DIGITS = 6;

    private static final String NODE = "000";
    private static final String DONE = "00";
    private static final String REMOVE = "02002";

    private final OwnBusinessCatalogue catalogue;
    private final QueryTable queries;
    private final Blacklists blacklists;

    Operations(OwnBusinessCatalogue catalogue, QueryTable queries, Blacklists blacklists) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.blacklists = blacklists;
    }

    /**
     * One page of what a query finds.
     *
     * @param own the platform's service; null for whoever answers for all of them
     * @throws RefusalException 2906 if it is none of its queries; 4002 to 4007 for its conditions
     */
    Body query(Question question, @Nullable String own) {
        Operation operation = operation(question, own);
        Query query = queries.find(operation.serviceTypeId(), operation.operateTypeId())
                .orElseThrow(() -> unknown("OperateTypeId: its data are not simulated"));
        Conditions conditions = Conditions.of(operation, question.body().get("OperateConditions"));
        List<Entry> all = rows(operation, query, conditions, question);
        int start = Math.min(all.size(), firstOfPage(question.body().get("QueryPageNum")));
        List<Entry> page = all.subList(start, Math.min(all.size(), start + PAGE));
        var body = new BodyText.Draft("BusinessQueryRsp")
                .value("OperRtnStaId", DONE)
                .value("RsltTotalCnt", Integer.toString(all.size()))
                .value("RsltPageCurrCnt", Integer.toString(page.size()))
                .value("RsltColumns", query.names());
        page.forEach(entry -> body.value("QryRslt", query.row(entry)));
        return body.finish();
    }

    private List<Entry> rows(Operation operation, Query query, Conditions conditions, Question question) {
        Party platform = platform(operation);
        return switch (query.rows()) {
            case HISTORY -> Records.history(query, conditions, question.at());
            case LIST -> Records.list(query, conditions);
            case BLACKLIST ->
                Records.changes(
                        conditions,
                        blacklists.find(platform, conditions.msisdn()).stream().toList());
            case LOG ->
                Records.changes(
                        conditions,
                        blacklists.changes(platform, conditions.msisdn(), conditions.from(), conditions.until()));
        };
    }

    private static int firstOfPage(String number) {
        String digits = number.replaceFirst("^0*", "");
        return digits.length() > LAST_PAGE_DIGITS ? Integer.MAX_VALUE : (Integer.parseInt(digits) - 1) * PAGE;
    }

    /**
     * Puts a number on a blacklist, or takes it off.
     *
     * @param own the platform's service; null for whoever answers for all of them
     * @throws RefusalException 2906 if it is none of its handlings; 4002 or 4005 for its conditions
     */
    Body handle(Question question, @Nullable String own) {
        Operation operation = operation(question, own);
        Body body = question.body();
        Conditions conditions = Conditions.of(operation, body.get("OperateConditions"));
        boolean block = conditions.mayBlockOrActivate()
                ? conditions.blocks()
                : !operation.operateTypeId().equals(REMOVE);
        boolean changed = blacklists.change(
                platform(operation),
                conditions.msisdn(),
                new Blacklists.Change(block, question.at(), body.get("ContactChannel"), body.get("AcceptStaff")));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("OperRtnStaId", DONE);
        values.put("OperRtnDesc", done(block, changed));
        return BodyText.of("BusinessHandleRsp", values);
    }

    private static String done(boolean block, boolean changed) {
        if (changed) {
            return block ? "已加入黑名单" : "已移出黑名单";
        }
        return block ? "号码已在黑名单中，未作变更" : "号码不在黑名单中，未作变更";
    }

    private static Party platform(Operation operation) {
        return new Party(operation.domain(), NODE);
    }

    private Operation operation(Question question, @Nullable String own) {
        String service = question.body().get("ServiceTypeId");
        if (own != null && !own.equals(service)) {
            throw unknown("ServiceTypeId: is no service of this platform");
        }
        Kind kind = question.activity() == Activity.BUSINESS_HANDLE ? Kind.HANDLE : Kind.QUERY;
        return catalogue
                .find(service, question.body().get("OperateTypeId"), Serial.day(question.at()))
                .inForce()
                .filter(operation -> operation.kind() == kind)
                .orElseThrow(() -> unknown("OperateTypeId: is no such operation of this service"));
    }

    private static RefusalException unknown(String why) {
        return new RefusalException(ResponseCodes.NO_SUCH_SERVICE, why);
    }
}
