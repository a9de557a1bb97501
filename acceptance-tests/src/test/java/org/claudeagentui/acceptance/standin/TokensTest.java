package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TokensTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "word", "two words", "  spaced\n\n- list\t🌊🌊🌊🌊🌊🌊 ", "Donaudampfschifffahrtsgesellschaft"})
    void piecesJoinToTheTextAndBreakNoCharacter(String text) {
        for (List<String> pieces : List.of(Tokens.split(text), Tokens.split(text, 1), Tokens.split(text, 3))) {
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).allSatisfy(piece -> assertThat(piece.codePoints()).noneMatch(TokensTest::half));
        }
    }

    private static boolean half(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
