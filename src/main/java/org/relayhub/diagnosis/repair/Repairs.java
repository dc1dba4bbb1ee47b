package org.relayhub.diagnosis.repair;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.diagnosis.HomeProvince;
import org.relayhub.diagnosis.HubQuestions;
import org.relayhub.diagnosis.Subscriptions;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;

/**
 * The steps of the route {@code repair}: BOSS's subscription is the truth; where the platform says otherwise it is told to
 * align, and asked again. Nothing is told to a platform as long as BOSS has not answered.
 */
public final class Repairs {

    private final Directory directory;
    private final OwnBusinessCatalogue operations;
    private final HomeProvince provinces;
    private final HubQuestions hub;
    private final ResponseCodes codes;
    private final RepairAudit audit;
    private final Clock clock;

    Repairs(
            Directory directory,
            OwnBusinessCatalogue operations,
            HubQuestions hub,
            ResponseCodes codes,
            RepairAudit audit,
            Clock clock) {
        this.directory = directory;
        this.operations = operations;
        this.provinces = new HomeProvince(directory);
        this.hub = hub;
        this.codes = codes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The repair that a RepairReq asks for.
     *
     * @throws RefusalException 2906, 0104 or 0119
     */
    public Repair open(AddressedMessage message) {
        Body body = message.document().requireBody();
        String service = body.get("ServiceTypeId");
        String domain = body.get("Domain");
        String own = operations
                .serviceTypeId(domain, Serial.day(clock.instant()))
                .orElseThrow(() ->
                        new RefusalException(ResponseCodes.NO_SUCH_SERVICE, "Domain: names no own-business platform"));
        if (!own.equals(service)) {
            throw new RefusalException(
                    ResponseCodes.NO_SUCH_SERVICE, "ServiceTypeId: is no service of this Domain, which has " + own);
        }
        String number = body.get("MSISDN");
        return new Repair(
                number,
                service,
                directory.connected(
                        new Party("BOSS", provinces.ofKnownNumber(number)), "MSISDN: the BOSS of its province"),
                directory.connected(new Party(domain, Party.HUB.node()), "Domain: its platform"),
                message.sender(),
                message.transIdo(),
                message.document().header().test());
    }

    /** The question to BOSS: what is the truth. */
    public PeerCall askTruth(@ExchangeProperty("repair") Repair repair) {
        return ask(repair, repair.boss());
    }

    /** The question to the platform: how is it there. */
    public PeerCall askPlatform(@ExchangeProperty("repair") Repair repair) {
        return ask(repair, repair.platform());
    }

    private PeerCall ask(Repair repair, PartyEntry party) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", repair.msisdn());
        values.put("ServiceTypeId", repair.serviceTypeId());
        return hub.call(party, Activity.SUBSCRIPTION, BodyText.of("SubscriptionReq", values), repair.test());
    }

    /** @throws RefusalException if BOSS did not say it */
    public void truth(PeerAnswer answer, @ExchangeProperty("repair") Repair repair) {
        repair.truth(state(answer, repair.boss().party(), repair));
    }

    /** @throws RefusalException if the platform did not say it */
    public void before(PeerAnswer answer, @ExchangeProperty("repair") Repair repair) {
        repair.before(state(answer, repair.platform().party(), repair));
    }

    private static String state(PeerAnswer answer, Party party, Repair repair) {
        return Subscriptions.state(body(answer, party, "SubscriptionRsp"), repair.serviceTypeId());
    }

    private static Body body(PeerAnswer answer, Party party, String wanted) {
        answer.whyNot(wanted).ifPresent(fault -> {
            throw new RefusalException(fault.of(party.toString()));
        });
        return ((PeerAnswer.Answered) answer).document().requireBody();
    }

    /** The order to the platform, which the audit has before it goes out. */
    public PeerCall order(@ExchangeProperty("repair") Repair repair) {
        audit.write(repair, "ordered: " + repair.before() + " to " + repair.truth());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", repair.msisdn());
        values.put("ServiceTypeId", repair.serviceTypeId());
        values.put("State", repair.truth());
        return hub.call(repair.platform(), Activity.ALIGN, BodyText.of("AlignReq", values), repair.test());
    }

    /**
     * What the platform said to the order. Where it said nothing, reading it again tells more.
     *
     * @throws RefusalException if it refused, or was not reached
     */
    public void ordered(PeerAnswer answer, @ExchangeProperty("repair") Repair repair) {
        try {
            body(answer, repair.platform().party(), "AlignRsp");
        } catch (RefusalException e) {
            if (!answer.mayHaveIt() || answer.isFinalRefusal(codes)) {
                audit.write(repair, "not done: " + e.fault().code());
                throw e;
            }
            repair.doubt("it answered the order with " + e.fault().code());
        }
    }

    /**
     * What the platform says after the order.
     *
     * @throws RefusalException 0102 if nobody knows what became of it, 2998 if the platform says that it is as it was
     */
    public void after(PeerAnswer answer, @ExchangeProperty("repair") Repair repair) {
        Party platform = repair.platform().party();
        try {
            repair.after(state(answer, platform, repair));
        } catch (RefusalException e) {
            audit.write(repair, "outcome unknown: " + e.fault().code());
            throw new RefusalException(
                    ResponseCodes.OUTCOME_UNKNOWN,
                    platform + ": was told to align and could not be asked again; the outcome is unknown");
        }
        if (repair.after().equals(repair.truth())) {
            audit.write(repair, "done: " + repair.before() + " to " + repair.after());
        } else if (repair.doubt() != null) {
            audit.write(repair, "outcome unknown: still " + repair.after());
            throw new RefusalException(
                    ResponseCodes.OUTCOME_UNKNOWN,
                    platform + ": " + repair.doubt() + ", and is not aligned yet; the outcome is unknown");
        } else {
            audit.write(repair, "not done: still " + repair.after());
            throw new RefusalException(
                    ResponseCodes.BUSINESS_FAILURE, platform + ": has taken the order and is not aligned");
        }
    }

    /** The answer to a RepairReq. */
    public Body answer(@ExchangeProperty("repair") Repair repair) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Before", repair.before());
        values.put("After", repair.after());
        values.put("Changed", String.valueOf(!repair.before().equals(repair.after())));
        return BodyText.of("RepairRsp", values);
    }
}
