package org.relayhub.operations.desk;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.security.Caller;

/** Shows a caller what it may see of customers and staff: an admin everything, everybody else no number, name or text. */
public final class PersonalData {

    private static final String HIDDEN = "****";
    private static final Pattern MSISDN = Pattern.compile("\\d{11}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{7,}");

    /** The values of a body that are no personal data. What is not named here is hidden, be it new or unknown. */
    private static final Set<String> OPEN = Set.of(
            "IndictSeq",
            "ServiceTypeId",
            "OperateTypeId",
            "QueryPageNum",
            "OperRtnStaId",
            "RsltTotalCnt",
            "RsltPageCurrCnt",
            "RsltColumns",
            "Domain",
            "Before",
            "After",
            "Changed",
            "Verdict",
            "Advice",
            "Outcome",
            "Key",
            "ContactChannel",
            "OriginTime",
            "SubsLevel",
            "SubsBrand",
            "SvcTypeId",
            "UrgentId",
            "HomeProv",
            "TProv",
            "AcceptTime",
            "DeadTime",
            "SPID",
            "Satisfaction",
            "HandlingDept",
            "ReplyTime",
            "DutyReason",
            "DutyCauseGrade",
            "PlannedSolveTime",
            "EndTime",
            "DocumentsSatisfaction",
            "IsEligible",
            "RejectTime",
            "Kind",
            "DueTime",
            "Status",
            "CurrentNode",
            "Round",
            "Urges",
            "UpdatedTime",
            "Source");

    private static final Set<String> NUMBERS =
            Set.of("MSISDN", "CallerNo", "CalledNo", "StaffContactPhone", "PhoneNum");

    /** What may hold a phone number beside other things, outside the body. */
    private static final Set<String> WORDS = Set.of("RspDesc", "RouteValue", "SessionID", "ConvID");

    private final XMLInputFactory readers = SafeParsers.newFactory();
    private final XMLOutputFactory writers = new com.ctc.wstx.stax.WstxOutputFactory();
    private final boolean shown;

    private PersonalData(boolean shown) {
        this.shown = shown;
    }

    /** As a caller may see it. */
    public static PersonalData seenBy(Caller caller) {
        return new PersonalData(caller.admin());
    }

    public boolean shown() {
        return shown;
    }

    /** A phone number, as in {@code 138****0000}. */
    public String number(String number) {
        if (shown) {
            return number;
        }
        return MSISDN.matcher(number).matches() ? number.substring(0, 3) + HIDDEN + number.substring(7) : HIDDEN;
    }

    /** A line: it is nobody's number unless it looks like one. */
    public String line(String line) {
        return MSISDN.matcher(line).matches() ? number(line) : line;
    }

    /** What a system said of a message: words that may name a number. */
    public String words(String words) {
        return shown ? words : LONG_NUMBER.matcher(words).replaceAll(number -> number(number.group()));
    }

    /** A canonical document. */
    public String document(String document) {
        if (shown) {
            return document;
        }
        try {
            return masked(document);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document of the ledger cannot be read", e);
        }
    }

    private String masked(String document) throws XMLStreamException {
        var text = new StringWriter(document.length());
        XMLStreamReader reader = readers.createXMLStreamReader(new StringReader(document));
        XMLStreamWriter writer = writers.createXMLStreamWriter(text);
        Deque<String> path = new ArrayDeque<>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.push(reader.getLocalName());
                    writer.writeStartElement(reader.getLocalName());
                    for (int i = 0; i < reader.getNamespaceCount(); i++) {
                        writer.writeDefaultNamespace(reader.getNamespaceURI(i));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    path.pop();
                    writer.writeEndElement();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    writer.writeCharacters(value(path, reader.getText()));
                default -> {
                    // A canonical document has nothing else that says anything.
                }
            }
        }
        writer.close();
        return text.toString();
    }

    private String value(Deque<String> path, String value) {
        String element = path.element();
        if (!path.contains("SvcCont")) {
            return WORDS.contains(element) ? words(value) : value;
        }
        if (OPEN.contains(element) || value.isBlank()) {
            return value;
        }
        return NUMBERS.contains(element) ? number(value) : HIDDEN;
    }
}
