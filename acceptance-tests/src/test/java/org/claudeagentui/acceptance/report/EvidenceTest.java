package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EvidenceTest {
    @Test
    void whatATestLeftArrivesAsItWas() {
        Findings left = new Evidence().expected("ten")
                .observed("nine")
                .observed("then ten")
                .figure("took", 3, "s")
                .figure("took", 4.5678, "s")
                .figure("rows", 12, "")
                .table("who reaches whom", List.of("from", "to"), List.of(List.of("a", "b \"|\" c")))
                .findings();

        Findings arrived = Findings.parse(left.json());

        assertThat(arrived).isEqualTo(left);
        assertThat(arrived.observed()).containsExactly("nine", "then ten");
        assertThat(arrived.figures()).containsExactly(new Figure("took", "4.568", "s"), new Figure("rows", "12", ""));
        assertThat(arrived.tables()).containsExactly(new Table("who reaches whom", List.of("from", "to"), List.of(List.of("a",
                "b \"|\" c"))));
    }

    @Test
    void picturesLieBesideTheReportUnderTheirTitle(@TempDir Path report) {
        byte[] last = {2};
        Findings left = new Evidence(new PictureFolder(report)).picture("Agents, light & wide", new byte[]{1})
                .picture("Agents, light & wide", last)
                .findings();

        assertThat(left.pictures()).containsExactly(new Picture("Agents, light & wide", "screens/agents-light-wide.png"));
        assertThat(report.resolve("screens/agents-light-wide.png")).hasBinaryContent(last);
        assertThat(Findings.parse(left.json())).isEqualTo(left);
    }

    @Test
    void secretsStayOutOfEachOfItsForms() {
        Secrets.register("canary-of-the-evidence");

        assertThat(new Evidence().expected("canary-of-the-evidence")
                .observed("canary-of-the-evidence")
                .figure("key", "canary-of-the-evidence", "")
                .table("keys", List.of("key"), List.of(List.of("canary-of-the-evidence")))
                .findings()
                .json()).doesNotContain("canary").contains("[secret]");
    }

    @Test
    void aRowThatDoesNotFitItsColumnsIsRefused() {
        Evidence evidence = new Evidence();

        assertThatThrownBy(() -> evidence.table("pairs", List.of("from", "to"), List.of(List.of("a")))).isInstanceOf(
                IllegalArgumentException.class).hasMessageContaining("[a]");
    }
}
