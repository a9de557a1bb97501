package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;

import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** A stack that has got over what befell it. */
final class Healed {
    private static final Duration MOST = Duration.ofSeconds(60);

    private Healed() {
    }

    /** Waits until each service is healthy, the model's stand-in too, and the service that runs agents answers through the front door. */
    static void isAwaited(ComposeStack stack) {
        await("a stack that is whole again").atMost(MOST)
                .until(() -> Service.ALL.stream().allMatch(stack::isHealthy) && stack.isHealthy(Service.STANDIN)
                        && isOk("http://127.0.0.1:%d/health/ready".formatted(stack.port("EXPRESS_PORT"))) && isOk(stack.frontDoor()
                                + "/api/runs"));
    }

    private static boolean isOk(String address) {
        return Http.tryGet(address).filter(answer -> answer.status() == 200).isPresent();
    }
}
