package org.claudeagentui.acceptance.stack;

import java.util.List;

/** Names of the topology's services, in the order in which they start. */
public final class Service {
    /** The database. */
    public static final String POSTGRES = "postgres";
    /** The headless CMS. */
    public static final String STRAPI = "strapi";
    /** The business-logic service. */
    public static final String EXPRESS = "express";
    /** The web server in front. */
    public static final String FRONTEND = "frontend";
    /** The model's stand-in, in demo mode and tests only. */
    public static final String STANDIN = "standin";

    /** The four services of the topology. */
    public static final List<String> ALL = List.of(POSTGRES, STRAPI, EXPRESS, FRONTEND);

    private Service() {
    }
}
