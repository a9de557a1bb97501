package org.claudeagentui.service.tasks;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PromptTemplateTest {

    @Test
    void fillsItsPlaceholders() {
        var template = new PromptTemplate("Dear {{name}}, {{ city }} greets {{name}}.");

        assertThat(template.names()).containsExactly("name", "city");
        assertThat(template.filled(Map.of("name", "Ada", "city", "London"))).isEqualTo("Dear Ada, London greets Ada.");
    }

    @Test
    void takesWhatLooksOtherwiseForText() {
        var text = "{name} {{}} {{1st}} {{two words}} {{ unended";

        assertThat(new PromptTemplate(text).names()).isEmpty();
        assertThat(new PromptTemplate(text).filled(Map.of())).isEqualTo(text);
    }

    @Test
    void looksAtNothingInAValue() {
        assertThat(new PromptTemplate("{{a}}").filled(Map.of("a", "{{b}} $1 \\2", "b", "no"))).isEqualTo("{{b}} $1 \\2");
    }
}
