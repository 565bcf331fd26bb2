package org.hyalite.io.tiff;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Signal;

/**
 * Writes the OME-XML (schema 2016-06) of signals that are the channels of one image: planes run over z or time, then
 * channels. What OME has no place for stands in a map annotation.
 */
final class OmeText {
    private static final String SCHEMA = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    private OmeText() {}

    static String of(List<Signal> signals, TiffWriter.Number number) {
        Signal first = signals.get(0);
        List<Image> planes = TiffWriter.images(first);
        Image image = planes.get(0);
        boolean volume = first.data() instanceof Signal.Stack stack && stack.volume();
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        text.append("<OME xmlns=\"").append(SCHEMA).append('"');
        text.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"");
        text.append(SCHEMA).append(' ').append(SCHEMA).append("/ome.xsd\" Creator=\"Hyalite\">");
        text.append("<Image ID=\"Image:0\" Name=\"")
                .append(escape(signals.size() == 1 ? first.name() : ""))
                .append("\">");
        text.append("<Pixels ID=\"Pixels:0\" DimensionOrder=\"").append(volume ? "XYZCT" : "XYTCZ");
        text.append("\" Type=\"")
                .append(number.omeName)
                .append("\" BigEndian=\"false\" SizeX=\"")
                .append(image.nx());
        text.append("\" SizeY=\"").append(image.ny()).append("\" SizeZ=\"").append(volume ? planes.size() : 1);
        text.append("\" SizeC=\"").append(signals.size()).append("\" SizeT=\"").append(volume ? 1 : planes.size());
        text.append('"');
        if (image.pixelNm() > 0) {
            size(text, "X", image.pixelNm());
            size(text, "Y", image.pixelNm());
            if (volume) {
                size(text, "Z", ImageJDescription.stepNm(first));
            }
        }
        text.append('>');
        for (int c = 0; c < signals.size(); c++) {
            text.append("<Channel ID=\"Channel:0:").append(c).append("\" SamplesPerPixel=\"1\" Name=\"");
            text.append(escape(signals.get(c).name())).append("\"/>");
        }
        text.append("<TiffData IFD=\"0\" PlaneCount=\"")
                .append((long) planes.size() * signals.size())
                .append("\"/>");
        Map<String, String> words = KnownText.of(first.acquisition());
        signals.forEach(
                s -> words.entrySet().retainAll(KnownText.of(s.acquisition()).entrySet())); // true of all
        text.append("</Pixels>");
        if (!words.isEmpty()) {
            text.append("<AnnotationRef ID=\"Annotation:0\"/>");
        }
        text.append("</Image>");
        if (!words.isEmpty()) {
            text.append("<StructuredAnnotations><MapAnnotation ID=\"Annotation:0\" Namespace=\"hyalite\"><Value>");
            words.forEach((key, value) -> text.append("<M K=\"")
                    .append(key)
                    .append("\">")
                    .append(escape(value))
                    .append("</M>"));
            text.append("</Value></MapAnnotation></StructuredAnnotations>");
        }
        return text.append("</OME>").toString();
    }

    private static void size(StringBuilder text, String axis, double nm) {
        text.append(" PhysicalSize")
                .append(axis)
                .append("=\"")
                .append(nm)
                .append("\" PhysicalSize")
                .append(axis);
        text.append("Unit=\"nm\"");
    }

    private static String escape(String text) {
        return text.replaceAll("[\\x00-\\x1f]+", " ")
                .replaceAll("[\\ud800-\\udfff\\ufffe\\uffff]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
