package org.relayhub.message.codec;

import javax.xml.stream.XMLStreamException;
import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.ValueRule;

/** The part of a document that a fault belongs to, and where what is read of it goes. */
interface Section {

    /** Whether it has a fault already, so that no further one needs a description. */
    boolean faulty();

    /** An element that stands where it must not, is missing, or holds what it must not. */
    void structure(String description);

    /** A value, which is not checked yet. */
    void value(String element, ValueRule rule, String text);

    /** Compares two values once all are read. */
    void compare(ElementRule.Order order);

    /** One of several elements, as a child or as text; the parser stands before it. */
    void oneOf(ElementRule.OneOf content) throws XMLStreamException;

    void opened(String element);

    void closed();
}
