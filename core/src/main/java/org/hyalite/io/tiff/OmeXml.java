package org.hyalite.io.tiff;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.physics.Units;

/** The OME-XML of an OME-TIFF: its images and what is kept in annotations. No document type, no entity is followed. */
final class OmeXml {
    private static final int MOST_IMAGES = 4096;

    /** Where some planes lie: the page, or -1 for the first, and how many follow it, or -1 for all. */
    record Where(int page, int count, int z, int c, int t, String otherFile) {}

    /** One image with its pixels. */
    static final class Image {
        String name = "";
        String order = "";
        int x;
        int y;
        int z;
        int c;
        int t;
        double xNm = Double.NaN;
        double yNm = Double.NaN;
        double zNm = Double.NaN;
        final List<String> channels = new ArrayList<>();
        final List<Where> where = new ArrayList<>();
        boolean colours;
    }

    private final Path file;
    private final List<Image> images = new ArrayList<>();
    private final Map<String, String> words = new LinkedHashMap<>();

    private OmeXml(Path file) {
        this.file = file;
    }

    static boolean isOne(String text) {
        return text.contains("<OME") || text.contains(":OME");
    }

    static OmeXml parse(Path file, String text) {
        OmeXml ome = new OmeXml(file);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text.strip()));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    ome.element(reader);
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            if (e instanceof MalformedFileException ours) {
                throw ours;
            }
            String said = String.valueOf(e.getMessage())
                    .lines()
                    .reduce((a, b) -> a + " " + b)
                    .orElse("");
            throw new MalformedFileException(file, "its OME-XML", "it is broken: " + said, e);
        }
        if (ome.images.isEmpty()) {
            throw new MalformedFileException(file, "its OME-XML", "there is no Image in it");
        }
        return ome;
    }

    List<Image> images() {
        return images;
    }

    /** Keys and values of map annotations, the first of each key. */
    Map<String, String> words() {
        return words;
    }

    private void element(XMLStreamReader reader) throws XMLStreamException {
        switch (reader.getLocalName()) {
            case "Image" -> {
                if (images.size() >= MOST_IMAGES) {
                    throw damaged("there are more than " + MOST_IMAGES + " images");
                }
                images.add(new Image());
                last().name = attribute(reader, "Name");
            }
            case "Pixels" -> pixels(reader);
            case "Channel" -> {
                if (!images.isEmpty()) {
                    last().channels.add(attribute(reader, "Name"));
                    last().colours |= whole(reader, "SamplesPerPixel", 1) > 1;
                }
            }
            case "TiffData" -> {
                int page = whole(reader, "IFD", -1);
                last().where
                        .add(new Where(
                                page,
                                whole(reader, "PlaneCount", page < 0 ? -1 : 1),
                                whole(reader, "FirstZ", 0),
                                whole(reader, "FirstC", 0),
                                whole(reader, "FirstT", 0),
                                ""));
            }
            case "UUID" -> {
                String other = attribute(reader, "FileName");
                if (!images.isEmpty() && !last().where.isEmpty() && !other.isEmpty()) {
                    int at = last().where.size() - 1;
                    Where w = last().where.get(at);
                    last().where.set(at, new Where(w.page, w.count, w.z, w.c, w.t, other));
                }
            }
            case "M" -> {
                String key = attribute(reader, "K");
                if (!key.isEmpty()) {
                    words.putIfAbsent(key, reader.getElementText());
                }
            }
            default -> {}
        }
    }

    private void pixels(XMLStreamReader reader) {
        Image image = last();
        image.order = attribute(reader, "DimensionOrder");
        image.x = whole(reader, "SizeX", 0);
        image.y = whole(reader, "SizeY", 0);
        image.z = whole(reader, "SizeZ", 1);
        image.c = whole(reader, "SizeC", 1);
        image.t = whole(reader, "SizeT", 1);
        if (!image.order.matches("XY(ZCT|ZTC|CTZ|CZT|TCZ|TZC)")) {
            throw damaged("DimensionOrder is '" + image.order + "'");
        }
        if (image.x < 1 || image.y < 1 || image.z < 1 || image.c < 1 || image.t < 1) {
            throw damaged("an image of " + image.x + " × " + image.y + " × " + image.z + " × " + image.c + " × "
                    + image.t + " values");
        }
        image.xNm = length(reader, "PhysicalSizeX");
        image.yNm = length(reader, "PhysicalSizeY");
        image.zNm = length(reader, "PhysicalSizeZ");
    }

    private Image last() {
        if (images.isEmpty()) {
            throw damaged("Pixels stand outside of an Image");
        }
        return images.get(images.size() - 1);
    }

    /** OME's default unit is the micrometre. */
    private static double length(XMLStreamReader reader, String name) {
        String unit = attribute(reader, name + "Unit");
        OptionalDouble nm = unit.isEmpty() ? OptionalDouble.of(Units.NM_PER_UM) : LengthUnit.nm(unit);
        try {
            double value = Double.parseDouble(attribute(reader, name)) * nm.orElse(Double.NaN);
            return value > 0 && Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private int whole(XMLStreamReader reader, String name, int otherwise) {
        String word = attribute(reader, name).strip();
        if (word.isEmpty()) {
            return otherwise;
        }
        if (!word.matches("[0-9]{1,9}")) {
            throw damaged(name + " is '" + (word.length() > 40 ? word.substring(0, 40) : word) + "'");
        }
        return Integer.parseInt(word);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private MalformedFileException damaged(String found) {
        return new MalformedFileException(file, "its OME-XML", found);
    }
}
