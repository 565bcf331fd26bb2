package org.hyalite.figure;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Shapes, transforms and numbers of a kept SVG; what is none is refused with {@link IllegalArgumentException}. */
final class KeptShapes {
    private static final Pattern TRANSFORM = Pattern.compile("(translate|scale|rotate|matrix)\\(([^)]*)\\)");
    private static final Pattern PATH = Pattern.compile("([MLCQZ])([^MLCQZ]*)");

    private KeptShapes() {}

    static Shape of(Element e) {
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

    static AffineTransform transform(String text) {
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

    static double number(String text) {
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

    static double[] numbers(String text) {
        return java.util.Arrays.stream(text.strip().split("[\\s,]+"))
                .filter(t -> !t.isEmpty())
                .mapToDouble(KeptShapes::number)
                .toArray();
    }
}
