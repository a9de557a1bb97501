package org.claudeagentui.acceptance.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** A measured value; the unit is empty for a plain number. */
record Figure(String name, String value, String unit) {
    private static final int DECIMALS = 3;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    static Figure of(String name, Object value, String unit) {
        return new Figure(name, text(value), unit);
    }

    static String text(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    /** The value as a number, where it is one. */
    Optional<Double> number() {
        return NUMBER.matcher(value).matches() ? Optional.of(Double.valueOf(value)) : Optional.empty();
    }

    String describe() {
        return unit.isEmpty() ? value : value + " " + unit;
    }
}
