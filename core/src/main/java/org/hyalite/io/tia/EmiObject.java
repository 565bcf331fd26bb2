package org.hyalite.io.tia;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hyalite.io.format.MalformedFileException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * One {@code <ObjectInfo>} of an {@code .emi} file: how one series was recorded.
 *
 * @param number of the {@code .ser} file that it belongs to; empty for what stands in the {@code .emi} alone
 * @param name of the detector as TIA shows it ({@code Acquire BF} is {@code BF}); may be empty
 */
record EmiObject(Path file, OptionalInt number, String name, Element info) {
    /** Parses the text of an element; {@code place} is where it stands. */
    static EmiObject parse(Path file, String place, OptionalInt number, String name, byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Refusing());
            Element root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
            return new EmiObject(file, number, name, root);
        } catch (SAXException | IOException | RuntimeException e) {
            // the JDK's parser answers some broken documents with exceptions of its own workings
            throw new MalformedFileException(file, place, "the XML is broken: " + oneLine(e), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java's XML parser lacks a safe mode", e);
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** The text of the element at a path below the root. */
    Optional<String> text(String... path) {
        Node at = info;
        for (String name : path) {
            at = child(at, name);
            if (at == null) {
                return Optional.empty();
            }
        }
        return Optional.of(at.getTextContent().strip()).filter(t -> !t.isEmpty());
    }

    Optional<Double> number(String... path) {
        return text(path).flatMap(EmiObject::parseNumber);
    }

    /** The value that the experimental description gives a label. */
    Optional<String> described(String label) {
        return entry(label)
                .flatMap(e -> Optional.ofNullable(child(e, "Value")))
                .map(v -> v.getTextContent().strip())
                .filter(v -> !v.isEmpty());
    }

    /** The number that the experimental description gives a label, if it is in this unit. */
    Optional<Double> described(String label, String unit) {
        return entry(label)
                .map(e -> child(e, "Unit"))
                .filter(u -> u.getTextContent().strip().equals(unit))
                .flatMap(u -> described(label))
                .flatMap(EmiObject::parseNumber);
    }

    private Optional<Node> entry(String label) {
        Node description = child(info, "ExperimentalDescription");
        Node root = description == null ? null : child(description, "Root");
        for (Node n = root == null ? null : root.getFirstChild(); n != null; n = n.getNextSibling()) {
            Node name = child(n, "Label");
            if (name != null && name.getTextContent().strip().equals(label)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Node child(Node parent, String name) {
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n.getNodeName().equals(name)) {
                return n;
            }
        }
        return null;
    }

    private static Optional<Double> parseNumber(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
