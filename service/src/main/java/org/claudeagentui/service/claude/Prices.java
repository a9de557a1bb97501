package org.claudeagentui.service.claude;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What tokens cost, by the beginning of the model's name. */
public final class Prices {

    private static final BigDecimal CACHE_WRITE = new BigDecimal("1.25");
    private static final BigDecimal CACHE_READ = new BigDecimal("0.1");

    private final Map<String, Price> byPrefix;

    private Prices(Map<String, Price> byPrefix) {
        this.byPrefix = Map.copyOf(byPrefix);
    }

    /**
     * Reads a price table.
     *
     * @param table {@code prefix=input/output} entries, separated by commas; the prices in US dollars per million tokens
     * @throws IllegalArgumentException naming the entry that can't be read
     */
    public static Prices parse(String table) {
        var prices = new HashMap<String, Price>();
        for (String entry : table.split(",", -1)) {
            String[] parts = entry.strip().split("[=/]", -1);
            if (parts.length != 3 || parts[0].isBlank()) {
                throw new IllegalArgumentException("the price \"" + entry + "\" is not prefix=input/output");
            }
            prices.put(parts[0].strip(), new Price(amount(parts[1], entry), amount(parts[2], entry)));
        }
        return new Prices(prices);
    }

    /** What so many tokens of that model cost, in US dollars; nothing when its price is not known. */
    public Optional<BigDecimal> cost(String model, TokenUsage usage) {
        return byPrefix.keySet()
                .stream()
                .filter(model::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(byPrefix::get)
                .map(price -> price.of(usage));
    }

    private static BigDecimal amount(String text, String entry) {
        try {
            var amount = new BigDecimal(text.strip());
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("the price \"" + entry + "\" is negative");
            }
            return amount;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the price \"" + entry + "\" has no number where one belongs", e);
        }
    }

    private record Price(BigDecimal input, BigDecimal output) {
        BigDecimal of(TokenUsage usage) {
            return input.multiply(BigDecimal.valueOf(usage.inputTokens()))
                    .add(input.multiply(CACHE_WRITE).multiply(BigDecimal.valueOf(usage.cacheCreationInputTokens())))
                    .add(input.multiply(CACHE_READ).multiply(BigDecimal.valueOf(usage.cacheReadInputTokens())))
                    .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
                    .movePointLeft(6);
        }
    }
}
