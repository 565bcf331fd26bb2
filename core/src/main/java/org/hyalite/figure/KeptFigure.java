package org.hyalite.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hyalite.figure.Canvas.Anchor;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A figure read back from an SVG that {@link SvgWriter} wrote, to be had in another size or format. Of SVG it knows what that
 * writer uses: groups, lines, circles, ellipses, rectangles, paths of straight and cubic pieces, texts, embedded PNG, clips.
 */
public final class KeptFigure {
    private static final int MOST_BYTES = 256 << 20;
    private static final Pattern TRANSFORM = Pattern.compile("(translate|scale|rotate|matrix)\\(([^)]*)\\)");
    private static final Pattern PATH = Pattern.compile("([MLCQZ])([^MLCQZ]*)");
    private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),\\s*(\\d+),\\s*(\\d+)\\)");

    private KeptFigure() {}

    /**
     * The figure as it is.
     *
     * @throws IllegalArgumentException if this is no SVG that {@link Figure#svg} wrote, saying what was found
     */
    public static Figure read(byte[] svg) {
        if (svg.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "an SVG of " + svg.length + " bytes; at most " + MOST_BYTES + " are read");
        }
        Element root = parse(svg).getDocumentElement();
        double[] box = numbers(root.getAttribute("viewBox"));
        if (!root.getLocalName().equals("svg") || box.length != 4 || !(box[2] > 0) || !(box[3] > 0)) {
            throw new IllegalArgumentException("no SVG with a viewBox");
        }
        Map<String, Shape> clips = new HashMap<>();
        for (int i = 0; i < root.getElementsByTagNameNS("*", "clipPath").getLength(); i++) {
            Element clip =
                    (Element) root.getElementsByTagNameNS("*", "clipPath").item(i);
            for (Element shape : children(clip)) {
                clips.put(clip.getAttribute("id"), shape(shape));
            }
        }
        List<Runner> drawn = new ArrayList<>();
        gather(root, Style.of(root, Style.BARE), new AffineTransform(), clips, drawn);
        String title = children(root).stream()
                .filter(e -> e.getLocalName().equals("title"))
                .findFirst()
                .map(Element::getTextContent)
                .orElse("");
        double edge = 2 * Figure.EDGE;
        return Figure.of(
                title,
                box[2] - edge,
                box[3] - edge,
                canvas -> canvas.within(
                        AffineTransform.getTranslateInstance(-Figure.EDGE, -Figure.EDGE),
                        () -> drawn.forEach(d -> d.on(canvas))));
    }

    private interface Runner {
        void on(Canvas canvas);
    }

    private static Document parse(byte[] svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(svg));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("no readable SVG: " + e.getMessage(), e);
        }
    }

    private static List<Element> children(Element of) {
        List<Element> all = new ArrayList<>();
        for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e) {
                all.add(e);
            }
        }
        return all;
    }

    /** What elements inherit from the groups around them. */
    private record Style(Map<String, String> values) {
        static final Style BARE = new Style(Map.of());
        private static final List<String> INHERITED = List.of(
                "fill",
                "fill-opacity",
                "stroke",
                "stroke-opacity",
                "stroke-width",
                "stroke-dasharray",
                "stroke-linecap",
                "font-size",
                "font-weight",
                "image-rendering");

        static Style of(Element e, Style outer) {
            Map<String, String> values = new HashMap<>(outer.values);
            for (String name : INHERITED) {
                if (!e.getAttribute(name).isEmpty()) {
                    values.put(name, e.getAttribute(name));
                }
            }
            return new Style(values);
        }

        String get(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        Optional<Color> colour(String of) {
            String text = get(of, "black");
            if (text.equals("none")) {
                return Optional.empty();
            }
            double alpha = number(get(of + "-opacity", "1"));
            Matcher rgb = RGB.matcher(text);
            Color base =
                    rgb.matches() ? new Color(part(rgb.group(1)), part(rgb.group(2)), part(rgb.group(3))) : named(text);
            return Optional.of(new Color(base.getRed(), base.getGreen(), base.getBlue(), (int)
                    Math.round(255 * Math.max(0, Math.min(1, alpha)))));
        }

        private static int part(String digits) {
            return Math.min(255, digits.length() > 3 ? 255 : Integer.parseInt(digits));
        }

        private static Color named(String name) {
            return switch (name) {
                case "white" -> Color.WHITE;
                case "black" -> Color.BLACK;
                case "red" -> Color.RED;
                case "lime" -> Color.GREEN;
                case "blue" -> Color.BLUE;
                case "yellow" -> Color.YELLOW;
                case "aqua" -> Color.CYAN;
                case "fuchsia" -> Color.MAGENTA;
                case "gray" -> Color.GRAY;
                default -> throw new IllegalArgumentException("colour '" + name + "'");
            };
        }

        float[] dashes() {
            String text = get("stroke-dasharray", "none");
            double[] all = text.equals("none") ? new double[0] : numbers(text);
            float[] dashes = new float[all.length];
            for (int i = 0; i < all.length; i++) {
                dashes[i] = (float) all[i];
            }
            return dashes;
        }
    }

    private static void gather(
            Element of, Style style, AffineTransform outer, Map<String, Shape> clips, List<Runner> drawn) {
        for (Element e : children(of)) {
            if (List.of("defs", "title", "clipPath").contains(e.getLocalName())) {
                continue;
            }
            Style own = Style.of(e, style);
            AffineTransform at = new AffineTransform(outer);
            at.concatenate(transform(e.getAttribute("transform")));
            if (e.getLocalName().equals("g")) {
                gather(e, own, at, clips, drawn);
                continue;
            }
            Optional<Shape> clip = Optional.of(e.getAttribute("clip-path"))
                    .filter(c -> c.startsWith("url(#"))
                    .flatMap(c -> Optional.ofNullable(clips.get(c.substring(5, c.length() - 1))));
            Runner runner = runner(e, own);
            drawn.add(canvas -> canvas.within(at, () -> {
                clip.ifPresent(canvas::clip);
                runner.on(canvas);
                clip.ifPresent(c -> canvas.unclip());
            }));
        }
    }

    private static Runner runner(Element e, Style style) {
        return switch (e.getLocalName()) {
            case "text" -> text(e, style);
            case "image" -> image(e, style);
            default -> {
                Shape shape = shape(e);
                Optional<Color> fill = style.colour("fill");
                Optional<Color> stroke = style.colour("stroke");
                double width = number(style.get("stroke-width", "1"));
                float[] dashes = style.dashes();
                yield canvas -> {
                    fill.ifPresent(c -> canvas.fill(shape, c));
                    stroke.ifPresent(c -> canvas.stroke(shape, width, c, dashes));
                };
            }
        };
    }

    private static Runner text(Element e, Style style) {
        float size = (float) number(style.get("font-size", "7").replace("px", ""));
        int weight = style.get("font-weight", "normal").equals("bold") ? Font.BOLD : Font.PLAIN;
        Font font = new Font(Font.SANS_SERIF, weight, 1).deriveFont(size);
        Anchor anchor = Anchor.START;
        for (Anchor a : Anchor.values()) {
            anchor = a.svg.equals(e.getAttribute("text-anchor")) ? a : anchor;
        }
        Anchor at = anchor;
        double x = number(e.getAttribute("x"));
        double y = number(e.getAttribute("y"));
        Color colour = style.colour("fill").orElse(Color.BLACK);
        String text = e.getTextContent();
        return canvas -> canvas.text(text, x, y, at, font, colour);
    }

    private static Runner image(Element e, Style style) {
        String href = e.getAttributeNS("http://www.w3.org/1999/xlink", "href");
        String png = "data:image/png;base64,";
        if (!href.startsWith(png)) {
            throw new IllegalArgumentException("an image that is no embedded PNG");
        }
        BufferedImage image = png(Base64.getMimeDecoder().decode(href.substring(png.length())));
        Box box = new Box(
                number(e.getAttribute("x")),
                number(e.getAttribute("y")),
                number(e.getAttribute("width")),
                number(e.getAttribute("height")));
        boolean sharp = style.get("image-rendering", "auto").equals("optimizeSpeed")
                || e.getAttribute("style").contains("pixelated");
        return canvas -> {
            if (sharp) {
                canvas.pixels(image, box);
            } else {
                canvas.picture(image, box);
            }
        };
    }

    private static BufferedImage png(byte[] bytes) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw new IllegalArgumentException("an embedded image that is no PNG");
            }
            return image;
        } catch (IOException e) {
            throw new IllegalArgumentException("a damaged embedded PNG: " + e.getMessage(), e);
        }
    }

    private static Shape shape(Element e) {
        return switch (e.getLocalName()) {
            case "line" -> new Line2D.Double(a(e, "x1"), a(e, "y1"), a(e, "x2"), a(e, "y2"));
            case "circle" -> ellipse(a(e, "cx"), a(e, "cy"), a(e, "r"), a(e, "r"));
            case "ellipse" -> ellipse(a(e, "cx"), a(e, "cy"), a(e, "rx"), a(e, "ry"));
            case "rect" ->
                e.hasAttribute("rx")
                        ? new RoundRectangle2D.Double(
                                a(e, "x"), a(e, "y"), a(e, "width"), a(e, "height"), 2 * a(e, "rx"), 2 * a(e, "ry"))
                        : new Rectangle2D.Double(a(e, "x"), a(e, "y"), a(e, "width"), a(e, "height"));
            case "path" -> path(e.getAttribute("d"));
            case "polygon", "polyline" ->
                polygon(numbers(e.getAttribute("points")), e.getLocalName().equals("polygon"));
            default -> throw new IllegalArgumentException("an element '" + e.getLocalName() + "'");
        };
    }

    private static Shape ellipse(double x, double y, double rx, double ry) {
        return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
    }

    private static Shape polygon(double[] at, boolean closed) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i + 1 < at.length; i += 2) {
            if (i == 0) {
                path.moveTo(at[0], at[1]);
            } else {
                path.lineTo(at[i], at[i + 1]);
            }
        }
        if (closed && at.length > 1) {
            path.closePath();
        }
        return path;
    }

    private static Shape path(String d) {
        Path2D path = new Path2D.Double();
        Matcher pieces = PATH.matcher(d);
        while (pieces.find()) {
            double[] at = numbers(pieces.group(2));
            char kind = pieces.group(1).charAt(0);
            int step = kind == 'C' ? 6 : kind == 'Q' ? 4 : 2;
            if (kind == 'Z') {
                path.closePath();
            }
            for (int i = 0; i + step <= at.length && kind != 'Z'; i += step) {
                switch (kind) {
                    case 'M' -> path.moveTo(at[i], at[i + 1]);
                    case 'L' -> path.lineTo(at[i], at[i + 1]);
                    case 'Q' -> path.quadTo(at[i], at[i + 1], at[i + 2], at[i + 3]);
                    default -> path.curveTo(at[i], at[i + 1], at[i + 2], at[i + 3], at[i + 4], at[i + 5]);
                }
            }
        }
        return path;
    }

    private static AffineTransform transform(String text) {
        AffineTransform all = new AffineTransform();
        Matcher parts = TRANSFORM.matcher(text);
        while (parts.find()) {
            double[] v = numbers(parts.group(2));
            AffineTransform one = switch (parts.group(1) + v.length) {
                case "translate2" -> AffineTransform.getTranslateInstance(v[0], v[1]);
                case "scale1" -> AffineTransform.getScaleInstance(v[0], v[0]);
                case "scale2" -> AffineTransform.getScaleInstance(v[0], v[1]);
                case "rotate1" -> AffineTransform.getRotateInstance(Math.toRadians(v[0]));
                case "rotate3" -> AffineTransform.getRotateInstance(Math.toRadians(v[0]), v[1], v[2]);
                case "matrix6" -> new AffineTransform(v);
                default -> throw new IllegalArgumentException("a transform '" + parts.group() + "'");
            };
            all.concatenate(one);
        }
        return all;
    }

    private static double a(Element e, String name) {
        return number(e.getAttribute(name));
    }

    private static double number(String text) {
        try {
            double value = text.isEmpty() ? 0 : Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "' where a number should be");
    }

    private static double[] numbers(String text) {
        return java.util.Arrays.stream(text.strip().split("[\\s,]+"))
                .filter(t -> !t.isEmpty())
                .mapToDouble(KeptFigure::number)
                .toArray();
    }
}
