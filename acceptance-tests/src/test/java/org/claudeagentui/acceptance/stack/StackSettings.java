package org.claudeagentui.acceptance.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test stack's env file says before a test or {@code ./stack} adds to it: a name, a data folder and ports of its own. */
final class StackSettings {
    private StackSettings() {
    }

    static EnvFile of(Project project, String name, Path directory, TestSession session) {
        List<Integer> ports = Ports.free(10);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("STACK_NAME", name);
        values.put("DATA_ROOT", directory.resolve("data").toString());
        values.put("COMPOSE_FILE", "docker-compose.yml:docker-compose.test.yml");
        values.put("DEMO_MODE", "true");
        values.put("IMAGE_TAG", Project.imageTag());
        // A suite asks as many clients would, all with one token and from one address.
        values.put("RATE_LIMIT_REQUESTS", "2000");
        values.put("RATE_LIMIT_RUNS", "6000");
        values.put("RATE_LIMIT_SIGN_INS", "600");
        values.put("STREAMS_PER_CLIENT", "2000");
        values.put("FRONTEND_HTTP_PORT", ports.get(0).toString());
        values.put("FRONTEND_HTTPS_PORT", ports.get(1).toString());
        values.put("POSTGRES_PORT", ports.get(2).toString());
        values.put("STRAPI_PORT", ports.get(3).toString());
        values.put("EXPRESS_PORT", ports.get(4).toString());
        values.put("STANDIN_TEST_PORT", ports.get(5).toString());
        values.put("STRAPI_DEBUG_PORT", ports.get(6).toString());
        values.put("EXPRESS_DEBUG_PORT", ports.get(7).toString());
        values.put("FRONTEND_DEV_PORT", ports.get(8).toString());
        values.put("FRONTEND_HMR_PORT", ports.get(9).toString());
        values.putAll(inputImages(project));
        values.put("TEST_SESSION", session.id());
        values.put("TEST_OWNER", session.owner());
        return EnvFile.of(values);
    }

    // Which images the stack stands on was decided when they were prepared; asking a registry again for each stack takes its time.
    private static Map<String, String> inputImages(Project project) {
        Path prepared = project.work().resolve("images/env");
        Map<String, String> images = new LinkedHashMap<>();
        if (Files.exists(prepared)) {
            EnvFile decided = EnvFile.read(prepared);
            for (String variable : List.of("DEBIAN_IMAGE", "POSTGRES_IMAGE")) {
                decided.get(variable).ifPresent(image -> images.put(variable, image));
            }
        }
        return images;
    }
}
