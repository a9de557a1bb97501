package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestSessionTest {
    @Test
    void itsOwnerLivesAsLongAsThisProcess() {
        TestSession session = new TestSession();

        assertThat(TestSession.lives(session.owner())).isTrue();
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTheOwner() {
        String pid = String.valueOf(ProcessHandle.current().pid());

        assertThat(TestSession.lives(pid + "@1")).isFalse();
        assertThat(TestSession.lives("999999999@1")).isFalse();
        assertThat(TestSession.lives("")).isFalse();
        assertThat(TestSession.lives("no pid@1")).isFalse();
    }

    @Test
    void onlyItsOwnStacksMayBeTouched() {
        assertThat(TestSession.mayTouch(TestSession.newStackName())).isTrue();
        assertThat(TestSession.mayTouch("claude")).isFalse();
        assertThat(TestSession.mayTouch("claude-at-")).isFalse();
        assertThat(TestSession.mayTouch("claude-at-x/../claude")).isFalse();
    }
}
