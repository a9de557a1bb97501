package org.claudeagentui.acceptance.data;

import java.util.Base64;
import java.util.Random;

/** Text that compresses as people's and models' texts do: words of several scripts, some much more frequent than others, and tokens that are noise. */
final class Prose {
    private static final int VOCABULARY = 20_000;
    private static final int SKEW = 3;
    private static final int NOISE_EVERY = 24;
    private static final int NOISE_BYTES = 12;
    private static final int SENTENCE = 14;
    private static final String[] SYLLABLES = {"ra", "ne", "to", "li", "sen", "da", "mo", "ver", "ti", "ka", "un", "pro", "el", "is", "an",
        "ço", "grö", "ñi", "ły", "жи", "ло", "ра", "не", "字", "文", "本", "データ", "שלום", "👩‍🚀", "📦"};
    // Latin ones before the others: a word of another script now and then.
    private static final int LATIN = 19;

    private final Random random;
    private final String[] words = new String[VOCABULARY];

    Prose(Random random) {
        this.random = random;
        for (int i = 0; i < VOCABULARY; i++) {
            int first = i % 12 == 0 ? LATIN : 0;
            int bound = i % 12 == 0 ? SYLLABLES.length : LATIN;
            StringBuilder word = new StringBuilder();
            for (int syllables = 1 + random.nextInt(4); syllables > 0; syllables--) {
                word.append(SYLLABLES[random.nextInt(first, bound)]);
            }
            words[i] = word.toString();
        }
    }

    /** Some so many characters, without tabs, backslashes and ends of lines. */
    String text(int length) {
        StringBuilder text = new StringBuilder(length + 40);
        for (int word = 1; text.length() < length; word++) {
            text.append(word % NOISE_EVERY == 0 ? noise() : words[(int) (VOCABULARY * Math.pow(random.nextDouble(), SKEW))]);
            text.append(word % SENTENCE == 0 ? ". " : " ");
        }
        return text.toString();
    }

    private String noise() {
        byte[] bytes = new byte[NOISE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
