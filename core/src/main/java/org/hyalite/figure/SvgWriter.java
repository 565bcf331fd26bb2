package org.hyalite.figure;

import java.awt.Dimension;
import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DOMTreeManager;
import org.apache.batik.svggen.GenericImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes a figure as SVG. Batik translates the drawing; afterwards each text gets its anchor, because the viewer's font
 * is not the one measured here, and each raster of measured pixels is told to stay sharp.
 */
final class SvgWriter {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    private static final int DECIMALS = 3;

    private SvgWriter() {}

    static void write(Figure figure, OutputStream out) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document document =
                    factory.newDocumentBuilder().getDOMImplementation().createDocument(SVG, "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setComment(figure.title().replace("--", "–"));
            context.setPrecision(DECIMALS);
            context.setGenericImageHandler(new EmbeddedPng());
            SVGGraphics2D g = new SVGGraphics2D(context, false);
            g.setSVGCanvasSize(new Dimension((int) Math.ceil(figure.widthPt()), (int) Math.ceil(figure.heightPt())));
            Canvas canvas = figure.paint(g, 0);
            Element root = g.getRoot();
            finish(root, figure, canvas);
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            transformer.transform(new DOMSource(root), new StreamResult(out));
        } catch (ParserConfigurationException | TransformerException | UncheckedIOException failed) {
            throw new IOException("the SVG of '" + figure.title() + "' could not be written", failed);
        }
    }

    private static void finish(Element root, Figure figure, Canvas canvas) {
        root.setAttribute("width", length(figure, figure.widthPt()));
        root.setAttribute("height", length(figure, figure.heightPt()));
        root.setAttribute("viewBox", "0 0 " + figure.widthPt() + " " + figure.heightPt());
        root.setAttribute("role", "img");
        Element title = root.getOwnerDocument().createElementNS(SVG, "title");
        title.setTextContent(figure.title());
        root.insertBefore(title, root.getFirstChild());
        useFonts(root);
        List<Canvas.Placed> places = canvas.texts();
        NodeList texts = root.getElementsByTagNameNS(SVG, "text");
        require(texts.getLength() == places.size(), texts.getLength() + " texts, " + places.size() + " drawn");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            text.setAttribute("x", Double.toString(Math.round(places.get(i).x() * 1000) / 1000.0));
            text.setAttribute("text-anchor", places.get(i).anchor().svg);
        }
        NodeList images = root.getElementsByTagNameNS(SVG, "image");
        require(images.getLength() == canvas.smooth().size(), images.getLength() + " images");
        for (int i = 0; i < images.getLength(); i++) {
            if (!canvas.smooth().get(i)) {
                Element image = (Element) images.item(i);
                image.setAttribute("image-rendering", "optimizeSpeed");
                image.setAttribute("style", "image-rendering:optimizeSpeed;image-rendering:pixelated");
            }
        }
    }

    /** Points; millimetres where a width was asked for. */
    private static String length(Figure figure, double points) {
        return figure.scale() == 1 ? points + "pt" : Math.round(points / 72 * 25.4 * 1e4) / 1e4 + "mm";
    }

    private static void useFonts(Element element) {
        if (!element.getAttribute("font-family").isEmpty()) {
            element.setAttribute("font-family", FONTS);
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                useFonts(inner);
            }
        }
    }

    private static void require(boolean condition, String found) {
        if (!condition) {
            throw new IllegalStateException("the SVG lost something: " + found);
        }
    }

    /** Puts each image into the document as it is. */
    private static final class EmbeddedPng implements GenericImageHandler {
        @Override
        public void setDOMTreeManager(DOMTreeManager manager) {}

        @Override
        public Element createElement(SVGGeneratorContext context) {
            return context.getDOMFactory().createElementNS(SVG, "image");
        }

        @Override
        public AffineTransform handleImage(
                Image image, Element element, int x, int y, int width, int height, SVGGeneratorContext context) {
            return handleImage((RenderedImage) image, element, x, y, width, height, context);
        }

        @Override
        public AffineTransform handleImage(
                RenderedImage image, Element element, int x, int y, int width, int height, SVGGeneratorContext c) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
            element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:xlink", XLINK);
            element.setAttributeNS(XLINK, "xlink:href", data);
            element.setAttribute("x", Integer.toString(x));
            element.setAttribute("y", Integer.toString(y));
            element.setAttribute("width", Integer.toString(width));
            element.setAttribute("height", Integer.toString(height));
            element.setAttribute("preserveAspectRatio", "none");
            return new AffineTransform();
        }

        @Override
        public AffineTransform handleImage(
                RenderableImage image,
                Element element,
                double x,
                double y,
                double width,
                double height,
                SVGGeneratorContext context) {
            return handleImage(
                    image.createDefaultRendering(), element, (int) x, (int) y, (int) width, (int) height, context);
        }
    }
}
