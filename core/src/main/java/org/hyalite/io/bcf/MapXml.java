package org.hyalite.io.bcf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hyalite.io.format.MalformedFileException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * One element of a map's XML, with ways to its children that refuse a bad value by its tag. Numbers are written with a
 * point or, by programs in some languages, a comma.
 */
final class MapXml {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]*)?([eE][+-]?[0-9]+)?");

    private final XmlSource origin;
    private final Element element;
    private final String tag;

    private MapXml(XmlSource origin, Element element, String tag) {
        this.origin = origin;
        this.element = element;
        this.tag = tag;
    }

    /** Parses a document; returns its root. */
    static MapXml parse(XmlSource entry) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Refusing());
            Document document = builder.parse(entry.asStream());
            Element root = document.getDocumentElement();
            return new MapXml(entry, root, root.getTagName());
        } catch (SAXParseException e) {
            throw entry.malformedPart(
                    "line " + e.getLineNumber() + ", column " + e.getColumnNumber(),
                    "the XML is broken: " + e.getMessage(),
                    e);
        } catch (MalformedFileException e) {
            throw e;
        } catch (SAXException | IOException | RuntimeException e) {
            // the JDK's parser answers some broken documents with exceptions of its own workings
            throw entry.malformedPart("byte " + entry.position(), "the XML cannot be read: " + e, e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java's XML parser lacks a safe mode", e);
        }
    }

    /** Its tags from the part of the file that describes the map, joined by {@code /}: where a value stands. */
    String tag() {
        return tag;
    }

    String attribute(String name) {
        return element.getAttribute(name);
    }

    Optional<MapXml> child(String name) {
        return children(name).stream().findFirst();
    }

    List<MapXml> children(String name) {
        List<MapXml> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element e && e.getTagName().equals(name)) {
                found.add(new MapXml(origin, e, tag + "/" + name));
            }
        }
        return found;
    }

    /** The child {@code ClassInstance} of a type; its tag is the type. */
    Optional<MapXml> instance(String type) {
        return instances(type).stream().findFirst();
    }

    List<MapXml> instances(String type) {
        return children("ClassInstance").stream()
                .filter(c -> c.attribute("Type").equals(type))
                .map(c -> new MapXml(origin, c.element, type))
                .toList();
    }

    /** All {@code ClassInstance}s of a type at any depth, in order. */
    List<MapXml> allInstances(String type) {
        List<MapXml> found = new ArrayList<>();
        var all = element.getElementsByTagName("ClassInstance");
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element e && e.getAttribute("Type").equals(type)) {
                found.add(new MapXml(origin, e, type));
            }
        }
        return found;
    }

    String text() {
        return element.getTextContent().strip();
    }

    Optional<String> text(String name) {
        return child(name).map(MapXml::text).filter(t -> !t.isEmpty());
    }

    /** A child's number; empty if there is none or its text is empty. */
    Optional<Double> number(String name) {
        return text(name).map(text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw malformed(name, "'" + text + "' is no number");
            }
            double value = Double.parseDouble(text.replace(',', '.'));
            if (!Double.isFinite(value)) {
                throw malformed(name, "'" + text + "' is too large a number");
            }
            return value;
        });
    }

    double needNumber(String name) {
        return number(name).orElseThrow(() -> malformed(name, "it is missing"));
    }

    /** A child's whole number within {@code low … high}. */
    int needWhole(String name, int low, int high) {
        double value = needNumber(name);
        if (value != Math.rint(value) || value < low || value > high) {
            throw malformed(name, value + " is not a whole number within " + low + "…" + high);
        }
        return (int) value;
    }

    MalformedFileException malformed(String child, String found) {
        return origin.malformedPart(tag + "/" + child, found + "; the file is damaged");
    }

    /** Turns every complaint into an exception; the parser's own handler prints. */
    private static final class Refusing implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
