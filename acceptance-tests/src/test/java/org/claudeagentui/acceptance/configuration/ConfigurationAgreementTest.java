package org.claudeagentui.acceptance.configuration;

import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationAgreementTest {
    private static final Path ROOT = Project.locate().root();
    private static final Pattern COMPARED = Pattern.compile("\\.env\\.example|entrypoint|.+\\.(?:js|yml|bash|java|md)");
    private static final List<String> PLACES = List.of(".env.example", "docs/configuration.md", "docker/strapi/config", "docker/strapi/src",
            "docker/frontend/entrypoint", "docker/standin", "stack.d",
            "service/src/main/java/org/claudeagentui/service/settings");

    @TempDir
    private Path copy;

    @Test
    void allPlacesNameTheSameVariablesAndDefaults() {
        assertThat(ConfigurationAgreement.of(ROOT).disagreements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            MAX_WORKERS      | .env.example                    | MAX_WORKERS=4              | MAX_WORKERS=5
            NEW_VARIABLE     | .env.example                    | MAX_WORKERS=4              | "MAX_WORKERS=4\nNEW_VARIABLE=1"
            ADMIN_PATH       | .env.example                    | ADMIN_PATH=/admin          | ADMINPATH=/admin
            LOG_LEVEL        | docker-compose.yml              | ${LOG_LEVEL:-info}         | ${LOG_LEVEL:-debug}
            LOG_LEVEL        | docker-compose.yml              | ${LOG_LEVEL:-info}         | info
            POSTGRES_PASSWORD | docker-compose.yml             | ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env (./stack prepare generates it)} | ${POSTGRES_PASSWORDS:?set it}
            UNKNOWN          | docker-compose.yml              | ${LOG_LEVEL:-info}         | ${UNKNOWN:-info}
            IMAGE_TAG        | docker/standin/docker-compose.yml | ${IMAGE_TAG:-latest}     | ${IMAGE_TAG:-newest}
            EXTRA            | docker-compose.yml              | "LOG_LEVEL: ${LOG_LEVEL:-info}" | "LOG_LEVEL: ${LOG_LEVEL:-info}\n      EXTRA: here"
            STRAPI_LOG_LEVEL | docs/configuration.md           | "`STRAPI_LOG_LEVEL` | `info`" | "`STRAPI_LOG_LEVEL` | `warn`"
            DATABASE_SSL     | docs/configuration.md           | "`DATABASE_SSL` |"           | "`DATABASE_TLS` |"
            LOG_FORMAT       | docs/configuration.md           | express, strapi            | express
            REQUEST_TIMEOUT  | service/src/main/java/org/claudeagentui/service/settings/Settings.java | REQUEST_TIMEOUT | RUN_TIMEOUT
            DATABASE_PORT    | docker/strapi/config/database.js | 5432                      | 5433
            STRAPI_CORS_ORIGIN | docker/strapi/src/environment/origins.js | list('STRAPI_CORS_ORIGIN' | list('STRAPI_ORIGIN'
            LOG_FORMAT       | docker/strapi/config/logger.js  | "'json'"                   | "'text'"
            MAX_FILE_SIZE    | docker/frontend/entrypoint      | ${MAX_FILE_SIZE:-52428800} | ${MAX_FILE_SIZE:-1000}
            """)
    void aDifferenceInAnyPlaceIsNoticed(String variable, String file, String old, String changed) throws IOException {
        copyCheckout();
        Path target = copy.resolve(file);
        String text = Files.readString(target);
        assertThat(text).contains(old.strip());
        Files.writeString(target, text.replace(old.strip(), changed.strip()));

        assertThat(ConfigurationAgreement.of(copy).disagreements()).anySatisfy(line -> assertThat(line).contains(variable));
    }

    private void copyCheckout() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(file -> file.getFileName().toString().startsWith("docker-compose")).forEach(files::add);
        }
        for (String place : PLACES) {
            try (Stream<Path> tree = Files.walk(ROOT.resolve(place))) {
                tree.filter(file -> COMPARED.matcher(file.getFileName().toString()).matches()).forEach(files::add);
            }
        }
        for (Path file : files) {
            Path target = copy.resolve(ROOT.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
