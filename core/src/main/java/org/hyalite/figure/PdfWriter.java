package org.hyalite.figure;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.text.AttributedCharacterIterator;
import java.text.CharacterIterator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a figure as PDF of one page. Text is set in Liberation Sans, whose letters are as wide as those of Helvetica and
 * Arial; the letters that occur are embedded. There is one weight of it: bold is the same with a thin outline.
 */
final class PdfWriter {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Outline that makes a letter bold, and size and height of raised signs that the font lacks, in letter sizes. */
    private static final float BOLD = 0.035f;

    private static final float RAISED_SIZE = 0.62f;
    private static final float RAISED_BY = 0.36f;

    private PdfWriter() {}

    static void write(Figure figure, OutputStream out) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDFont font = font(document);
            PDRectangle size = new PDRectangle((float) figure.widthPt(), (float) figure.heightPt());
            PDPage page = new PDPage(size);
            document.addPage(page);
            document.getDocumentInformation().setTitle(figure.title());
            document.getDocumentInformation().setCreator("Hyalite");
            PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, (float) figure.widthPt(), (float) figure.heightPt());
            try {
                g.setFontTextDrawer(new Letters(font));
                figure.paint(g, 0, (type, text) -> width(font, text) * type.getSize2D());
            } finally {
                g.dispose();
            }
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(g.getXFormObject());
            }
            document.save(new Unclosed(out));
        } catch (UncheckedIOException failed) {
            throw new IOException("the PDF of '" + figure.title() + "' could not be written", failed);
        }
    }

    private static PDFont font(PDDocument document) throws IOException {
        try (InputStream file = PDDocument.class.getResourceAsStream(FONT)) {
            if (file == null) {
                throw new IOException("the PDF library comes without its font " + FONT);
            }
            return PDType0Font.load(document, file, true);
        }
    }

    /** Width of a text, in letter sizes. */
    private static double width(PDFont font, String text) {
        try {
            double width = 0;
            for (int from = 0; from < text.length(); ) {
                int to = runEnd(text, from);
                boolean raised = raised(text.charAt(from));
                width += font.getStringWidth(shown(font, text.substring(from, to))) / 1000 * (raised ? RAISED_SIZE : 1);
                from = to;
            }
            return width;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int runEnd(String text, int from) {
        int to = from + 1;
        while (to < text.length() && raised(text.charAt(to)) == raised(text.charAt(from))) {
            to++;
        }
        return to;
    }

    /** Signs that are set by raising others: the font has ¹²³ and ⁴ … ⁹, but neither ⁰ nor ⁻; one number is set alike. */
    private static boolean raised(char c) {
        return c == '⁻' || c == '⁰' || c == '¹' || c == '²' || c == '³' || c >= '⁴' && c <= '⁹';
    }

    /** What the font can show of a text: raised digits as digits, a question mark where it has nothing. */
    private static String shown(PDFont font, String text) throws IOException {
        StringBuilder all = new StringBuilder();
        for (char c : text.toCharArray()) {
            char plain = raised(c) ? plain(c) : c;
            try {
                font.encode(Character.toString(plain));
                all.append(plain);
            } catch (IllegalArgumentException notThere) {
                all.append('?');
            }
        }
        return all.toString();
    }

    private static char plain(char c) {
        return switch (c) {
            case '⁻' -> '−';
            case '¹' -> '1';
            case '²' -> '2';
            case '³' -> '3';
            default -> (char) ('0' + c - '⁰');
        };
    }

    /** Sets text as text. */
    private record Letters(PDFont font) implements IPdfBoxGraphics2DFontTextDrawer {
        @Override
        public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv env) {
            return true;
        }

        @Override
        public void drawText(AttributedCharacterIterator iterator, IFontTextDrawerEnv env) throws IOException {
            StringBuilder all = new StringBuilder();
            for (char c = iterator.first(); c != CharacterIterator.DONE; c = iterator.next()) {
                all.append(c);
            }
            Font own = iterator.getAttribute(TextAttribute.FONT) instanceof Font f ? f : env.getFont();
            PDPageContentStream content = env.getContentStream();
            env.applyPaint(env.getPaint(), null);
            content.saveGraphicsState();
            if (own.isBold()) {
                env.applyStroke(new java.awt.BasicStroke(BOLD * own.getSize2D()));
                if (env.getPaint() instanceof java.awt.Color colour) {
                    content.setStrokingColor(new java.awt.Color(colour.getRed(), colour.getGreen(), colour.getBlue()));
                }
            }
            content.beginText();
            content.setRenderingMode(own.isBold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
            content.setTextMatrix(Matrix.getScaleInstance(1, -1));
            String text = all.toString();
            for (int from = 0; from < text.length(); ) {
                int to = runEnd(text, from);
                boolean up = raised(text.charAt(from));
                content.setFont(font, own.getSize2D() * (up ? RAISED_SIZE : 1));
                content.setTextRise(up ? RAISED_BY * own.getSize2D() : 0);
                content.showText(shown(font, text.substring(from, to)));
                from = to;
            }
            content.endText();
            content.restoreGraphicsState();
        }

        @Override
        public FontMetrics getFontMetrics(Font f, IFontTextDrawerEnv env) {
            return env.getCalculationGraphics().getFontMetrics(f);
        }
    }

    /** Passes all on but the closing. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
