package org.relayhub.message.codec;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A document that begins valid, for a test to change before it is written. Immutable: each change makes a new one. */
public final class Draft {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private final XmlNode root;
    private final WireForm form;
    private final String prefix;
    private final boolean pretty;

    Draft(XmlNode root) {
        this(root, WireForm.CHILD, "", false);
    }

    private Draft(XmlNode root, WireForm form, String prefix, boolean pretty) {
        this.root = root;
        this.form = form;
        this.prefix = prefix;
        this.pretty = pretty;
    }

    /** With another value of the first element of a name. */
    public Draft with(String element, String value) {
        return changed(element, place -> place.node().text(value));
    }

    public Draft without(String element) {
        return changed(element, place -> siblings(place).remove(place.node()));
    }

    /** With a second copy of an element directly after it. */
    public Draft doubled(String element) {
        return changed(element, place -> {
            List<XmlNode> siblings = siblings(place);
            siblings.add(siblings.indexOf(place.node()) + 1, place.node().copy());
        });
    }

    /** With a further element directly after one. */
    public Draft after(String element, XmlNode added) {
        return changed(element, place -> {
            List<XmlNode> siblings = siblings(place);
            siblings.add(siblings.indexOf(place.node()) + 1, added);
        });
    }

    /** With any change of one element. */
    public Draft changed(String element, Consumer<XmlNode.Place> change) {
        XmlNode copy = root.copy();
        change.accept(copy.find(element).orElseThrow(() -> new IllegalArgumentException("no element " + element)));
        return new Draft(copy, form, prefix, pretty);
    }

    public boolean has(String element) {
        return root.find(element).isPresent();
    }

    /** The value of the first element of a name. */
    public String get(String element) {
        return root.find(element).orElseThrow().node().text();
    }

    /** A copy of the document's tree. */
    public XmlNode tree() {
        return root.copy();
    }

    /** The same settings with another tree. */
    public Draft tree(XmlNode newRoot) {
        return new Draft(newRoot, form, prefix, pretty);
    }

    public Draft form(WireForm newForm) {
        return new Draft(root, newForm, prefix, pretty);
    }

    /** With a namespace prefix on every element; empty for a default namespace. */
    public Draft prefix(String newPrefix) {
        return new Draft(root, form, newPrefix, pretty);
    }

    /** With white space between elements. */
    public Draft pretty() {
        return new Draft(root, form, prefix, true);
    }

    /** The document alone. Values are escaped. */
    public String xml() {
        var xml = new StringBuilder(2048);
        write(xml, root, true, 0);
        return xml.toString();
    }

    /** The document in a SOAP 1.1 envelope. */
    public String soap() {
        return envelope(xml());
    }

    /** Anything in a SOAP 1.1 envelope. */
    public static String envelope(String document) {
        return "<soap:Envelope xmlns:soap=\"" + SOAP + "\"><soap:Body>" + document + "</soap:Body></soap:Envelope>";
    }

    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private void write(StringBuilder xml, XmlNode node, boolean declares, int depth) {
        boolean carrier = node.name().equals("SvcCont") && form == WireForm.TEXT;
        indent(xml, depth);
        xml.append('<').append(qualified(node.name()));
        if (declares) {
            xml.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                    .append("=\"")
                    .append(DocumentSchema.NAMESPACE)
                    .append('"');
        }
        xml.append('>').append(escape(node.text()));
        if (carrier) {
            xml.append("<![CDATA[");
        }
        for (XmlNode child : node.children()) {
            write(xml, child, carrier, depth + 1);
        }
        if (!node.children().isEmpty()) {
            indent(xml, depth);
        }
        if (carrier) {
            xml.append("]]>");
        }
        xml.append("</").append(qualified(node.name())).append('>');
    }

    private void indent(StringBuilder xml, int depth) {
        if (pretty) {
            xml.append('\n').append("\t".repeat(depth));
        }
    }

    private String qualified(@Nullable String name) {
        return prefix.isEmpty() ? String.valueOf(name) : prefix + ":" + name;
    }

    private static List<XmlNode> siblings(XmlNode.Place place) {
        XmlNode parent = place.parent();
        if (parent == null) {
            throw new IllegalArgumentException("the root has no siblings");
        }
        return parent.children();
    }
}
