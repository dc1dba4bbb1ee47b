package org.relayhub.message.codec;

import static org.relayhub.message.codes.ResponseCodes.BELOW_MINIMUM;
import static org.relayhub.message.codes.ResponseCodes.BODY_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_TYPE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.ValueRule;
import org.relayhub.message.codes.CodesOfDay;

/** Checks a body, and writes down what it holds for the next reader. */
final class BodySection implements Section {

    private final String element;
    private final CodesOfDay codes;
    private final Map<String, List<String>> values = new HashMap<>();
    private final BodyText text = new BodyText();
    private @Nullable Fault fault;

    BodySection(String element, CodesOfDay codes) {
        this.element = element;
        this.codes = codes;
        text.openRoot(element);
    }

    /** What is wrong with the body first; null if nothing is. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** What was read; values are only those that are right. */
    Body body() {
        text.close();
        return new Body(element, text.finish(), Map.copyOf(values));
    }

    @Override
    public boolean faulty() {
        return fault != null;
    }

    @Override
    public void structure(String description) {
        first(new Fault(BODY_FORMAT, description));
    }

    private void first(Fault found) {
        if (fault == null) {
            fault = found;
        }
    }

    @Override
    public void value(String name, ValueRule rule, String value) {
        Fault found = rule.check(name, value, codes);
        if (found == null) {
            values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        } else {
            first(found);
        }
        if (found == null || !found.code().equals(WRONG_TYPE)) {
            // By what it says a document is known again, also when a code in it has ended since.
            text.value(value);
        }
    }

    @Override
    public void compare(ElementRule.Order order) {
        String time = given(order.element());
        String than = given(order.than());
        if (time == null || than == null) {
            return;
        }
        // Both have the same fixed form, so that text order is time order.
        int difference = time.compareTo(than);
        if (difference < 0 || (difference == 0 && !order.mayBeEqual())) {
            String wrong = order.mayBeEqual() ? ": is earlier than " : ": is not later than ";
            first(new Fault(BELOW_MINIMUM, order.element() + wrong + order.than()));
        }
    }

    private @Nullable String given(String name) {
        List<String> all = values.get(name);
        return all == null || all.get(0).isEmpty() ? null : all.get(0);
    }

    @Override
    public void oneOf(ElementRule.OneOf content) {
        throw new IllegalStateException("no body holds another");
    }

    @Override
    public void opened(String name) {
        text.open(name);
    }

    @Override
    public void closed() {
        text.close();
    }
}
