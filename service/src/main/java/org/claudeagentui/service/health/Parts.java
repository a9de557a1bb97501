package org.claudeagentui.service.health;

import jakarta.inject.Inject;

import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.wiring.Single;

/** The parts that the service depends on. */
@Single
final class Parts {
    private final Probe strapi;
    private final Probe database;

    @Inject
    Parts(Strapi strapi, Database database) {
        this.strapi = new Probe("strapi", () -> {
            strapi.probe();
            return true;
        });
        this.database = new Probe("database", () -> {
            database.probe();
            return true;
        });
    }

    Probe strapi() {
        return strapi;
    }

    Probe database() {
        return database;
    }

}
