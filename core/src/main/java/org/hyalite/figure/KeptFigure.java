package org.hyalite.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
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
        double[] box = KeptShapes.numbers(root.getAttribute("viewBox"));
        if (!root.getLocalName().equals("svg") || box.length != 4 || !(box[2] > 0) || !(box[3] > 0)) {
            throw new IllegalArgumentException("no SVG with a viewBox");
        }
        Map<String, Shape> clips = new HashMap<>();
        for (int i = 0; i < root.getElementsByTagNameNS("*", "clipPath").getLength(); i++) {
            Element clip =
                    (Element) root.getElementsByTagNameNS("*", "clipPath").item(i);
            for (Element shape : children(clip)) {
                clips.put(clip.getAttribute("id"), KeptShapes.of(shape));
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
            double alpha = KeptShapes.number(get(of + "-opacity", "1"));
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
            double[] all = text.equals("none") ? new double[0] : KeptShapes.numbers(text);
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
            at.concatenate(KeptShapes.transform(e.getAttribute("transform")));
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
                Shape shape = KeptShapes.of(e);
                Optional<Color> fill = style.colour("fill");
                Optional<Color> stroke = style.colour("stroke");
                double width = KeptShapes.number(style.get("stroke-width", "1"));
                float[] dashes = style.dashes();
                yield canvas -> {
                    fill.ifPresent(c -> canvas.fill(shape, c));
                    stroke.ifPresent(c -> canvas.stroke(shape, width, c, dashes));
                };
            }
        };
    }

    private static Runner text(Element e, Style style) {
        float size = (float) KeptShapes.number(style.get("font-size", "7").replace("px", ""));
        int weight = style.get("font-weight", "normal").equals("bold") ? Font.BOLD : Font.PLAIN;
        Font font = new Font(Font.SANS_SERIF, weight, 1).deriveFont(size);
        Anchor anchor = Anchor.START;
        for (Anchor a : Anchor.values()) {
            anchor = a.svg.equals(e.getAttribute("text-anchor")) ? a : anchor;
        }
        Anchor at = anchor;
        double x = KeptShapes.number(e.getAttribute("x"));
        double y = KeptShapes.number(e.getAttribute("y"));
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
                KeptShapes.number(e.getAttribute("x")),
                KeptShapes.number(e.getAttribute("y")),
                KeptShapes.number(e.getAttribute("width")),
                KeptShapes.number(e.getAttribute("height")));
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
}
