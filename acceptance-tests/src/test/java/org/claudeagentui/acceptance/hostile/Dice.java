package org.claudeagentui.acceptance.hostile;

import java.util.List;
import java.util.Random;

/** Chooses, the same each time that it begins with the same seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }
}
