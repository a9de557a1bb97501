package org.claudeagentui.service.security;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

import java.util.Optional;
import java.util.Set;

/** Keeps those from changing a resource who may only read it. */
@Provider
public class RoleFilter implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Context
    private ResourceInfo resource;

    /** Made by the container. */
    @SuppressWarnings("NullAway.Init") // Jersey sets the resource.
    public RoleFilter() {
        // It keeps nothing.
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!READING.contains(request.getMethod())) {
            Optional.ofNullable(resource.getResourceClass())
                    .map(type -> type.getAnnotation(ChangedByAdministrators.class))
                    .ifPresent(what -> Caller.current().requireAdministrator("Changing " + what.value()));
        }
    }
}
