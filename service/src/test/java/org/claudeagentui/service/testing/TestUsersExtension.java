package org.claudeagentui.service.testing;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.claudeagentui.service.security.TestUsers;

/** Has the service know {@link TestUsers} besides those of its database and Strapi. */
public final class TestUsersExtension implements Extension {

    void add(@Observes BeforeBeanDiscovery discovery) {
        discovery.addAnnotatedType(TestUsers.class, TestUsers.class.getName());
    }
}
