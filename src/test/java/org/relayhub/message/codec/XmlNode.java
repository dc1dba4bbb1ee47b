package org.relayhub.message.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An element of a document under construction, which a test may spoil as it likes. */
public final class XmlNode {

    private final String name;
    private String text;
    private final List<XmlNode> children;

    public XmlNode(String name, String text) {
        this.name = name;
        this.text = text;
        this.children = new ArrayList<>();
    }

    public XmlNode(String name, List<XmlNode> children) {
        this.name = name;
        this.text = "";
        this.children = new ArrayList<>(children);
    }

    public String name() {
        return name;
    }

    /** The value; of an element that has children, the text before them. */
    public String text() {
        return text;
    }

    public void text(String newText) {
        text = newText;
    }

    /** The live list of children. */
    public List<XmlNode> children() {
        return children;
    }

    public XmlNode copy() {
        var copy = new XmlNode(name, children.stream().map(XmlNode::copy).toList());
        copy.text = text;
        return copy;
    }

    /** This element and all below it, with the parent of each. */
    public void visit(@Nullable XmlNode parent, Consumer<Place> visitor) {
        visitor.accept(new Place(parent, this));
        for (XmlNode child : List.copyOf(children)) {
            child.visit(this, visitor);
        }
    }

    /** The first element of a name at or below this one. */
    public Optional<Place> find(String wanted) {
        var found = new ArrayList<Place>();
        visit(null, place -> {
            if (place.node().name.equals(wanted)) {
                found.add(place);
            }
        });
        return found.stream().findFirst();
    }

    /**
     * An element where it stands.
     *
     * @param parent null for the root
     */
    public record Place(@Nullable XmlNode parent, XmlNode node) {}
}
