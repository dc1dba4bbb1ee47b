package org.relayhub.message.codec.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchemaChoice;
import org.apache.ws.commons.schema.XmlSchemaCollection;
import org.apache.ws.commons.schema.XmlSchemaComplexType;
import org.apache.ws.commons.schema.XmlSchemaElement;
import org.apache.ws.commons.schema.XmlSchemaEnumerationFacet;
import org.apache.ws.commons.schema.XmlSchemaFacet;
import org.apache.ws.commons.schema.XmlSchemaLengthFacet;
import org.apache.ws.commons.schema.XmlSchemaMaxLengthFacet;
import org.apache.ws.commons.schema.XmlSchemaMinLengthFacet;
import org.apache.ws.commons.schema.XmlSchemaObject;
import org.apache.ws.commons.schema.XmlSchemaPatternFacet;
import org.apache.ws.commons.schema.XmlSchemaSequence;
import org.apache.ws.commons.schema.XmlSchemaSimpleType;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeRestriction;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeUnion;
import org.apache.ws.commons.schema.XmlSchemaType;
import org.apache.ws.commons.schema.constants.Constants;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codec.rule.ElementRule.Order;
import org.relayhub.message.codec.rule.ElementRule.Slot;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.DatedCodes;
import org.springframework.core.io.Resource;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Turns a schema and what it includes into rules that a single pass over a document can check. Of XML Schema it knows what
 * the hub's own files use; anything else stops the start, so that no part of a schema is silently unheeded.
 */
public final class SchemaCompiler {

    private static final String CHECKS = "urn:relay-hub:checks:1";

    private final Resource schemas;
    private final String file;
    private final List<DatedCodes<?>> dated;
    private final XmlSchemaCollection collection = new XmlSchemaCollection();
    private final Map<QName, ValueRule> namedTypes = new HashMap<>();

    /**
     * Reads a schema, what it includes, and the code tables that it names.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @param file the schema's name in it
     * @param dated the tables that a type may name in {@code chk:dated} and {@code chk:catalogue}
     */
    public SchemaCompiler(Resource schemas, String file, List<DatedCodes<?>> dated) {
        this.schemas = schemas;
        this.file = file;
        this.dated = dated;
        collection.setSchemaResolver((namespace, location, base) -> open(location));
        collection.read(open(file));
    }

    /**
     * The rule of a global element of the schema.
     *
     * @throws IllegalArgumentException if there is none, or the schema uses what the hub's checks do not know
     */
    public ElementRule compile(String namespace, String element) {
        XmlSchemaElement found = collection.getElementByQName(new QName(namespace, element));
        if (found == null) {
            throw new IllegalArgumentException(file + " has no element " + element);
        }
        return element(found);
    }

    private InputSource open(String location) {
        try {
            Resource file = schemas.createRelative(location);
            var source = new InputSource(file.getInputStream());
            source.setSystemId(location);
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException("schemas/" + location + " cannot be read", e);
        }
    }

    private ElementRule element(XmlSchemaElement declared) {
        XmlSchemaElement element = declared.isRef() ? declared.getRef().getTarget() : declared;
        XmlSchemaType type = element.getSchemaType();
        if (type == null && element.getSchemaTypeName() != null) {
            type = collection.getTypeByQName(element.getSchemaTypeName());
        }
        if (type instanceof XmlSchemaComplexType complex) {
            return new ElementRule(element.getName(), content(element.getName(), complex));
        }
        if (type instanceof XmlSchemaSimpleType simple) {
            return new ElementRule(element.getName(), new ElementRule.Single(value(simple)));
        }
        throw new IllegalArgumentException(file + ": " + element.getName() + " has no type that is known");
    }

    private ElementRule.Content content(String owner, XmlSchemaComplexType type) {
        if (type.isMixed() && type.getParticle() instanceof XmlSchemaChoice bodies) {
            return new ElementRule.OneOf(alternatives(owner, bodies));
        }
        if (!(type.getParticle() instanceof XmlSchemaSequence sequence) || type.isMixed()) {
            throw new IllegalArgumentException(file + ": " + owner + " is neither a sequence nor a mixed choice");
        }
        var slots = new ArrayList<Slot>();
        for (Object item : sequence.getItems()) {
            if (item instanceof XmlSchemaElement child) {
                slots.add(new Slot(List.of(element(child)), child.getMinOccurs() > 0, child.getMaxOccurs() > 1));
            } else if (item instanceof XmlSchemaChoice choice) {
                slots.add(new Slot(alternatives(owner, choice), choice.getMinOccurs() > 0, choice.getMaxOccurs() > 1));
            } else {
                throw new IllegalArgumentException(file + ": " + owner + " holds what is no element or choice");
            }
        }
        return new ElementRule.Sequence(List.copyOf(slots), orders(type, slots));
    }

    private List<Order> orders(XmlSchemaComplexType type, List<Slot> slots) {
        var orders = new ArrayList<Order>();
        String after = attribute(type, "after");
        if (after != null) {
            orders.add(order(after, false, slots));
        }
        String notBefore = attribute(type, "notBefore");
        if (notBefore != null) {
            orders.add(order(notBefore, true, slots));
        }
        return List.copyOf(orders);
    }

    private Order order(String elements, boolean mayBeEqual, List<Slot> slots) {
        String[] names = elements.split(" ", 2);
        for (String name : names) {
            if (slots.stream().noneMatch(slot -> slot.takes(name))) {
                throw new IllegalArgumentException(file + ": there is no " + name + " to compare");
            }
        }
        return new Order(names[0], names[1], mayBeEqual);
    }

    private List<ElementRule> alternatives(String owner, XmlSchemaChoice choice) {
        var alternatives = new ArrayList<ElementRule>();
        for (Object item : choice.getItems()) {
            if (!(item instanceof XmlSchemaElement child)) {
                throw new IllegalArgumentException(file + ": a choice of " + owner + " holds what is no element");
            }
            alternatives.add(element(child));
        }
        return List.copyOf(alternatives);
    }

    private ValueRule value(XmlSchemaSimpleType type) {
        QName name = type.getQName();
        if (name == null) {
            return derive(type);
        }
        ValueRule known = namedTypes.get(name);
        if (known == null) {
            known = derive(type);
            namedTypes.put(name, known);
        }
        return known;
    }

    private ValueRule derive(XmlSchemaSimpleType type) {
        if (type.getQName() != null
                && Constants.URI_2001_SCHEMA_XSD.equals(type.getQName().getNamespaceURI())) {
            return builtIn(type);
        }
        if (type.getContent() instanceof XmlSchemaSimpleTypeUnion union) {
            return optional(type, union);
        }
        if (!(type.getContent() instanceof XmlSchemaSimpleTypeRestriction restriction)) {
            throw new IllegalArgumentException("types.xsd: " + type.getName() + " is no restriction");
        }
        QName baseName = restriction.getBaseTypeName();
        boolean fromBuiltIn = Constants.URI_2001_SCHEMA_XSD.equals(baseName.getNamespaceURI());
        ValueRule base = value((XmlSchemaSimpleType) collection.getTypeByQName(baseName));
        var facets = new Facets(base);
        for (XmlSchemaFacet facet : restriction.getFacets()) {
            facets.add(facet, fromBuiltIn);
        }
        return new ValueRule(
                base.builtIn(),
                false,
                facets.characters,
                facets.format,
                facets.minLength,
                facets.maxLength,
                number(attribute(type, "bytes"), base.maxBytes()),
                allowed(type, facets.enumeration, base.allowed()),
                calendar(type, base.calendar()),
                dated(type, base.dated()));
    }

    /** A union of a type with the empty one: the value of an optional element. */
    private ValueRule optional(XmlSchemaSimpleType type, XmlSchemaSimpleTypeUnion union) {
        QName[] members = union.getMemberTypesQNames();
        if (members == null || members.length != 2 || !members[1].getLocalPart().equals("Empty")) {
            throw new IllegalArgumentException(
                    "types.xsd: " + type.getName() + " is a union of other than a type and ib:Empty");
        }
        ValueRule of = value((XmlSchemaSimpleType) collection.getTypeByQName(members[0]));
        return new ValueRule(
                of.builtIn(),
                true,
                of.characters(),
                of.format(),
                of.minLength(),
                of.maxLength(),
                of.maxBytes(),
                of.allowed(),
                of.calendar(),
                of.dated());
    }

    private static ValueRule builtIn(XmlSchemaSimpleType type) {
        ValueRule.BuiltIn builtIn =
                switch (String.valueOf(type.getName())) {
                    case "string" -> ValueRule.BuiltIn.STRING;
                    case "nonNegativeInteger" -> ValueRule.BuiltIn.NON_NEGATIVE_INTEGER;
                    case "positiveInteger" -> ValueRule.BuiltIn.POSITIVE_INTEGER;
                    case "boolean" -> ValueRule.BuiltIn.BOOLEAN;
                    default ->
                        throw new IllegalArgumentException(
                                "the hub's checks do not know the built-in type " + type.getName());
                };
        return new ValueRule(builtIn, false, null, null, 0, -1, -1, null, null, null);
    }

    private static int number(@Nullable String given, int inherited) {
        return given == null ? inherited : Integer.parseInt(given);
    }

    private @Nullable Set<String> allowed(
            XmlSchemaSimpleType type, Set<String> enumeration, @Nullable Set<String> inherited) {
        String table = attribute(type, "table");
        if (table == null) {
            return enumeration.isEmpty() ? inherited : Set.copyOf(enumeration);
        }
        var keys = new LinkedHashSet<>(CodeTable.read(schemas, table).keys());
        String also = attribute(type, "also");
        if (also != null) {
            keys.add(also);
        }
        return Set.copyOf(keys);
    }

    private static @Nullable DateTimeFormatter calendar(
            XmlSchemaSimpleType type, @Nullable DateTimeFormatter inherited) {
        String pattern = attribute(type, "calendar");
        return pattern == null
                ? inherited
                : DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    private ValueRule.@Nullable Dated dated(XmlSchemaSimpleType type, ValueRule.@Nullable Dated inherited) {
        String exact = attribute(type, "dated");
        String prefixes = attribute(type, "catalogue");
        if (exact != null) {
            return new ValueRule.Dated(named(exact), false);
        }
        return prefixes != null ? new ValueRule.Dated(named(prefixes), true) : inherited;
    }

    private DatedCodes<?> named(String table) {
        for (DatedCodes<?> codes : dated) {
            if (codes.now().name().equals(table)) {
                return codes;
            }
        }
        throw new IllegalArgumentException("types.xsd: the hub has no dated table " + table);
    }

    private static @Nullable String attribute(XmlSchemaObject object, String name) {
        Map<Object, Object> meta = object.getMetaInfoMap();
        if (meta == null
                || !(meta.get(Constants.MetaDataConstants.EXTERNAL_ATTRIBUTES) instanceof Map<?, ?> external)) {
            return null;
        }
        return external.get(new QName(CHECKS, name)) instanceof Node node ? node.getNodeValue() : null;
    }

    /** The facets of a type, beginning with those of its base. */
    private static final class Facets {
        private @Nullable Pattern characters;
        private @Nullable Pattern format;
        private int minLength;
        private int maxLength;
        private final Set<String> enumeration = new LinkedHashSet<>();

        private Facets(ValueRule base) {
            characters = base.characters();
            format = base.format();
            minLength = base.minLength();
            maxLength = base.maxLength();
        }

        private void add(XmlSchemaFacet facet, boolean fromBuiltIn) {
            String value = String.valueOf(facet.getValue());
            if (facet instanceof XmlSchemaLengthFacet) {
                minLength = Integer.parseInt(value);
                maxLength = minLength;
            } else if (facet instanceof XmlSchemaMinLengthFacet) {
                minLength = Integer.parseInt(value);
            } else if (facet instanceof XmlSchemaMaxLengthFacet) {
                maxLength = Integer.parseInt(value);
            } else if (facet instanceof XmlSchemaEnumerationFacet) {
                enumeration.add(value);
            } else if (facet instanceof XmlSchemaPatternFacet && fromBuiltIn) {
                characters = Pattern.compile(value);
            } else if (facet instanceof XmlSchemaPatternFacet) {
                format = Pattern.compile(value);
            } else {
                throw new IllegalArgumentException("the hub's checks do not know the facet "
                        + facet.getClass().getSimpleName());
            }
        }
    }
}
