package org.claudeagentui.acceptance.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A measured value; the unit is empty for a plain number. */
record Figure(String name, String value, String unit) {
    private static final int DECIMALS = 3;

    static Figure of(String name, Object value, String unit) {
        return new Figure(name, text(value), unit);
    }

    private static String text(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    String describe() {
        return unit.isEmpty() ? value : value + " " + unit;
    }
}
