package org.hyalite.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.hyalite.physics.Uncertain;

/** How numbers are written in a figure. */
final class Numbers {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /** A number with so many decimals and a true minus sign. */
    static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.replace("-", "") : text.replace('-', '−');
    }

    /** A number to so many significant digits, without zeros at its end. */
    static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e5 || size < 1e-3) {
            int exponent = (int) Math.floor(Math.log10(size));
            return significant(value / Math.pow(10, exponent), digits) + "×10" + superscript(exponent);
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return fixed(rounded.doubleValue(), Math.max(0, rounded.scale()));
    }

    /** A number and its standard error, the error to two digits: {@code 3.381 ± 0.012}. */
    static String uncertain(Uncertain number) {
        double error = number.standardError();
        if (!(error > 0) || !Double.isFinite(error)) {
            return significant(number.value(), 4);
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(error)));
        return decimals > 9
                ? significant(number.value(), 6)
                : fixed(number.value(), decimals) + " ± " + fixed(error, decimals);
    }

    static String superscript(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
