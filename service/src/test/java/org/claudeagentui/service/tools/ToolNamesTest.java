package org.claudeagentui.service.tools;

import org.claudeagentui.service.tools.ToolNames.Own;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ToolNamesTest {

    @Test
    void beginWithTheServersName() {
        assertThat(ToolNames.of(List.of(new Own("Files", "read_file"), new Own("My notes", "find.ä"))).values())
                .containsExactly("Files__read_file", "My_notes__find__");
    }

    @Test
    void areLegalAndDifferentWhereverTheyComeFrom() {
        var longOnes = List.of(new Own("s", "x".repeat(200) + "a"), new Own("s", "x".repeat(200) + "b"), new Own("y".repeat(100), "z"
                .repeat(
                        40)));
        var alike = List.of(new Own("a b", "c"), new Own("a_b", "c"), new Own("a", "b__c"), new Own("a__b", "c"), new Own("ä", "ö"));

        assertThat(ToolNames.of(longOnes).values()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,128}"));
        assertThat(ToolNames.of(alike).values()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,128}"));
    }

    @Test
    void stayTheSameInWhateverOrderServersAnswer() {
        var tools = List.of(new Own("a b", "c"), new Own("a_b", "c"), new Own("d", "e"));

        assertThat(ToolNames.of(tools.reversed())).isEqualTo(ToolNames.of(tools));
    }
}
