package org.claudeagentui.acceptance.mutants;

import java.util.List;

/** Known-bad edits of the topology and of its backups, the promises that they violate, and those whose result is as good as before. */
final class MutantCatalogue {
    private static final String COMPOSE = "docker-compose.yml";
    private static final String HARDENED = "docker-compose.hardened.yml";
    private static final String SERVER = "nginx/conf.d/frontend.conf";
    private static final String SERVICE = "service/src/main/java/org/claudeagentui/service/";
    private static final String SECURITY_HEADERS = "        include /etc/nginx/conf.d/snippets/security-headers.conf;\n";
    private static final String CLIENT_LIMITS = "ClientLimitsIT#whoAsksTooMuchWaitsAndNobodyElseDoes";
    private static final String BOOT_ORDER = "StartupIT#nothingStartsBeforeWhatItNeedsIsHealthy";
    private static final String HUNG = "HealthIT#aHungProcessTurnsItsContainerUnhealthy";
    private static final String ENGINE_LIMITS = "LimitsIT#theEngineHoldsTheSeedsLimits";
    private static final String ISOLATION = "NetworkIT#theFrontendContainerCannotReachTheDatabase";
    private static final String MEMBERS = "NetworkIT#twoBridgesWithExactlyTheirMembers";
    private static final String PORTS = "NetworkIT#publishesExactlyTheSeedsPorts";
    private static final String MISSING_SECRETS = "EnvironmentIT#composeRefusesEachMissingSecret";
    private static final String CONFINED = "ConfinementIT#strapiIsConfined";
    private static final String RETENTION = "RetentionIT#thePlanKeepsWhatItShould";
    private static final String SAME_STACK = "BackupRoundTripIT#aRestoreIntoTheSameStackGivesTheContentBack";
    private static final String MAKE = "database/backup/make.bash";
    private static final String PROMPT_STREAM = "RunsIT#streamsTokenByTokenThroughNginx";

    /** An edit that no observation can tell from the original, and why. */
    record Equivalent(String id, String what, String reason) {}

    private MutantCatalogue() {
    }

    static List<Mutant> mutants() {
        return List.of(
                new Mutant("M01", "no internal backend network in the hardened profile", "NET-5",
                        List.of("HardenedIT#theDatabaseHasNoWayOutAndTheServiceHasOne"),
                        Edit.replace(HARDENED, "    internal: true\n", "")),
                new Mutant("M01b", "the host has an address on the backend network in the hardened profile", "NET-5",
                        List.of("HardenedIT#theDatabaseHasNoWayOutAndTheServiceHasOne"),
                        Edit.replace(HARDENED, "inhibit_ipv4: \"true\"", "inhibit_ipv4: \"false\"")),
                new Mutant("M02", "publish 5432 on 0.0.0.0", "NET-4", List.of("NetworkIT#listensOnLoopbackAlone"),
                        Edit.service("postgres", "${BIND_ADDRESS:-127.0.0.1}:${POSTGRES_PORT:-5433}:5432",
                                "0.0.0.0:${POSTGRES_PORT:-5433}:5432")),
                new Mutant("M03", "publish one port more than the seed's table", "NET-4", List.of(PORTS),
                        Edit.service("express", ":3001\"", ":3001\"\n      - \"127.0.0.1::9230\"")),
                new Mutant("M03b", "publish Strapi's port in the hardened profile", "NET-4",
                        List.of("HardenedIT#publishesTheFrontendsPortsAlone"),
                        Edit.replace(HARDENED, "  strapi:\n    ports: !reset []\n", "")),
                new Mutant("M04", "attach frontend to backend", "NET-1", List.of(MEMBERS),
                        Edit.service("frontend", "networks: [frontend]", "networks: [frontend, backend]")),
                new Mutant("M04b", "attach frontend to backend", "NET-2", List.of(ISOLATION),
                        Edit.service("frontend", "networks: [frontend]", "networks: [frontend, backend]")),
                new Mutant("M05", "attach postgres to the frontend network", "NET-1", List.of(MEMBERS),
                        Edit.service("postgres", "networks: [backend]", "networks: [backend, frontend]")),
                new Mutant("M05b", "attach postgres to the frontend network", "NET-2",
                        List.of("NetworkIT#aStrangerOnTheFrontendNetworkCannotReachTheDatabase"),
                        Edit.service("postgres", "networks: [backend]", "networks: [backend, frontend]")),
                new Mutant("M06", "pg_isready without -h 127.0.0.1", "HLT-5", List.of("HealthIT#theTemporaryServerIsNotCalledHealthy"),
                        Edit.service("postgres", "\"-h\", \"127.0.0.1\", ", "")),
                new Mutant("M07a", "strapi doesn't wait for postgres' health", "STA-1", List.of(BOOT_ORDER),
                        Edit.service("strapi", "postgres:\n        condition: service_healthy",
                                "postgres:\n        condition: service_started")),
                new Mutant("M07b", "express doesn't wait for strapi's health", "STA-1", List.of(BOOT_ORDER),
                        Edit.service("express", "strapi:\n        condition: service_healthy",
                                "strapi:\n        condition: service_started")),
                new Mutant("M07c", "frontend doesn't wait for express' health", "STA-1", List.of(BOOT_ORDER),
                        Edit.service("frontend", "express:\n        condition: service_healthy",
                                "express:\n        condition: service_started")),
                alwaysHealthy("a", "postgres", "\"at-rest\", \"4\", \"database-guard\", \"--probe\", \"pg_isready\", \"-h\", \"127.0.0.1\","
                        + " \"-U\", \"${POSTGRES_USER:-postgres}\", \"-d\", \"${POSTGRES_DB:-claude_agent_ui}\""),
                alwaysHealthy("b", "strapi", "\"at-rest\", \"8\", \"http-probe\", \"http://127.0.0.1:1337/_health\""),
                alwaysHealthy("c", "express", "\"at-rest\", \"8\", \"http-probe\", \"http://127.0.0.1:3001/health/started\","
                        + " \"http://127.0.0.1:3001/health/live\""),
                alwaysHealthy("d", "frontend", "\"at-rest\", \"8\", \"http-probe\", \"http://127.0.0.1:80/health\""),
                new Mutant("M10a", "the service's probe asks for readiness", "HLT-1",
                        List.of("HealthIT#anOutageOfStrapiDoesNotMarkTheServiceDead"),
                        Edit.service("express", "/health/live", "/health/ready")),
                new Mutant("M10b", "the service's liveness follows Strapi once that was up", "HLT-4",
                        List.of("HealthIT#theServiceTellsLiveFromReadyWithoutStrapi"),
                        Edit.replace("service/src/main/java/org/claudeagentui/service/health/Checks.java",
                                """
                                        live(Settings settings) {
                                                return () -> HealthCheckResponse.named("service")
                                                        .up()
                                        """, """
                                        live(Settings settings, Parts parts) {
                                                return () -> HealthCheckResponse.named("service")
                                                        .status(parts.strapi().complaint().isEmpty()
                                                                || parts.strapi().complaintBeforeFirstUp().isPresent())
                                        """)),
                new Mutant("M11", "static nginx upstream name", "TOP-2", List.of("RecoveryIT#moved"),
                        Edit.replace(SERVER,
                                "client_max_body_size 2m;\n        proxy_pass $express;\n    }\n\n    location = /api/session {",
                                "client_max_body_size 2m;\n        proxy_pass http://express:3001;\n    }\n\n    location = /api/session {")),
                new Mutant("M13", "gzip_types includes text/event-stream", "RUN-2", List.of(PROMPT_STREAM),
                        Edit.replace("nginx/nginx.conf", "gzip_types text/css", "gzip_types text/event-stream text/css")),
                new Mutant("M14", "proxy_read_timeout 10s, no heartbeat", "RUN-2", List.of("RunsIT#aSilentModelDoesNotEndTheStream"),
                        Edit.replace("nginx/conf.d/snippets/proxy.conf", "proxy_read_timeout 60s", "proxy_read_timeout 10s")
                                .and(Edit.service("express", "PORT: \"3001\"\n", "PORT: \"3001\"\n      RUNS_HEARTBEAT: PT10M\n"))),
                new Mutant("M15a", "no memory limit", "LIM-1", List.of(ENGINE_LIMITS),
                        Edit.service("express", "          memory: 1g\n", "")),
                new Mutant("M15b", "no cpu limit", "LIM-1", List.of(ENGINE_LIMITS),
                        Edit.service("strapi", "          cpus: \"2\"\n", "")),
                new Mutant("M15c", "no pids limit", "LIM-1", List.of(ENGINE_LIMITS),
                        Edit.service("frontend", "          pids: 64\n", "")),
                new Mutant("M16", "no log rotation", "LOG-1", List.of("LoggingIT#logsAreRotatedAndLabelled"),
                        Edit.replace(COMPOSE, "    max-size: 10m\n    max-file: \"3\"\n", "")),
                new Mutant("M17a", "user: root", "SEC-1", List.of(CONFINED),
                        Edit.service("strapi", "user: \"10001:10001\"", "user: \"0:0\"")),
                new Mutant("M17b", "no cap_drop", "SEC-1", List.of(CONFINED),
                        Edit.replace(COMPOSE, "  cap_drop: [ALL]\n", "")),
                new Mutant("M17c", "no read_only", "SEC-1", List.of(CONFINED),
                        Edit.replace(COMPOSE, "  read_only: true\n", "")),
                new Mutant("M17d", "no no-new-privileges", "SEC-1", List.of(CONFINED),
                        Edit.replace(COMPOSE, "  security_opt: [\"no-new-privileges:true\"]\n", "")),
                new Mutant("M18", "a default for a secret", "ENV-1", List.of(MISSING_SECRETS),
                        Edit.service("express", "${EXPRESS_DB_PASSWORD:?set EXPRESS_DB_PASSWORD in .env (./stack prepare generates it)}",
                                "${EXPRESS_DB_PASSWORD:-changeme}")
                                .and(Edit.service("postgres",
                                        "${EXPRESS_DB_PASSWORD:?set EXPRESS_DB_PASSWORD in .env (./stack prepare generates it)}",
                                        "${EXPRESS_DB_PASSWORD:-changeme}"))),
                new Mutant("M19", "a secret may be empty", "ENV-1", List.of(MISSING_SECRETS),
                        Edit.service("strapi", "${STRAPI_JWT_SECRET:?", "${STRAPI_JWT_SECRET?")),
                new Mutant("M20", "backup skips uploads", "BKP-2", List.of(SAME_STACK),
                        Edit.replace(MAKE, "  list=$(list_uploads \"$UPLOADS\")\n", "  list=''\n")),
                new Mutant("M21", "backup of an empty volume", "BKP-2", List.of(SAME_STACK),
                        Edit.replace("docker-compose.backup.yml", "- strapi_uploads:/uploads:ro", "- /uploads")),
                new Mutant("M22", "a dump that broke off is taken for one", "BKP-3", List.of(
                        "BackupFaultsIT#aDumpThatBreaksOffLeavesNoSet"),
                        Edit.replace(MAKE, "wait \"$DUMP_PROCESS\" || status=$?", "wait \"$DUMP_PROCESS\" || true")),
                new Mutant("M23b", "what was loaded is not compared with the manifest", "BKP-4",
                        List.of("BackupDamagesIT#aDamagedOrForeignSetIsRefusedBeforeAnythingIsTouched"),
                        Edit.replace("database/backup/verify.bash", "compare_tables() { # SET_FOLDER DATABASE\n",
                                "compare_tables() { # SET_FOLDER DATABASE\n  return 0\n")),
                new Mutant("M24a", "retention forgets the newest verified set", "BKP-8", List.of(RETENTION),
                        Edit.replace("database/backup/retention.awk", "if (verified[set] && !found)", "if (0)")),
                new Mutant("M24b", "retention keeps the oldest of a period", "BKP-8", List.of(RETENTION),
                        Edit.replace("database/backup/retention.awk", "sets[j] < held", "sets[j] > held")),
                new Mutant("M25", "no lock of the backups", "BKP-10", List.of("BackupIT#nothingElseWorksOnTheBackupsMeanwhile"),
                        Edit.replace("database/backup/worker", "if ! flock -n \"$lock\"; then", "if false; then")),
                new Mutant("M26", "restore goes on with other data keys", "BKP-4",
                        List.of("BackupRoundTripIT#aRestoreIntoAFreshStackGivesTheContentBack"),
                        Edit.replace("stack.d/restore.bash", "  if ((${#others[@]} == 0)); then return 0; fi\n", "  return 0\n")),
                new Mutant("M26b", "a manifest's signature is not looked at", "BKP-4",
                        List.of("BackupDamagesIT#aDamagedOrForeignSetIsRefusedBeforeAnythingIsTouched"),
                        Edit.replace("database/backup/manifest.bash",
                                "[[ $digest == \"$(printf '%s\\n' \"${lines[@]:0:last - 1}\" | hmac \"$key\")\" ]]", "true")),
                new Mutant("M27", "anonymous volume instead of the named one", "VOL-2",
                        List.of("VolumesIT#downAndUpKeepEveryRowAndUpload"),
                        Edit.service("strapi", "- strapi_uploads:/opt/app/public/uploads", "- /opt/app/public/uploads")),
                new Mutant("M28", "restart: \"no\"", "TOP-2", List.of("TopologyIT#restartsUnlessStopped"),
                        Edit.replace(COMPOSE, "restart: unless-stopped", "restart: \"no\"")),
                new Mutant("M30", "a variable that nobody hands on", "ENV-3", List.of("ChangedSettingsIT#theServiceLogsAsSet"),
                        Edit.service("express", "      LOG_LEVEL: ${LOG_LEVEL:-info}\n", "")),
                new Mutant("M31", "the reference tells another default", "ENV-4",
                        List.of("ConfigurationIT#allPlacesNameTheSameVariables"),
                        Edit.replace("docs/configuration.md", "| `LOG_LEVEL` | `info` |", "| `LOG_LEVEL` | `warn` |")),
                new Mutant("M32", "a service has another's secret", "ENV-5",
                        List.of("SecretsIT#aContainersInspectionShowsNoOthersSecret"),
                        Edit.service("express", "PORT: \"3001\"\n",
                                "PORT: \"3001\"\n      STRAPI_JWT_SECRET: ${STRAPI_JWT_SECRET}\n")),
                new Mutant("M33", "a secret from a file lies where every user of the container can read it", "ENV-6",
                        List.of("SecretFilesIT#secretsFromFilesWorkAndShowNowhere"),
                        Edit.replace("stack.d/secrets.bash", "\"$uid:$uid\" 0400)", "\"$uid:$uid\" 0444)")),
                new Mutant("M34", "a debugger's port on every address", "DEV-2",
                        List.of("DevelopmentIT#debugPortsAreOnLoopbackAlone"),
                        Edit.replace("docker-compose.dev.yml", "127.0.0.1:${STRAPI_DEBUG_PORT", "${STRAPI_DEBUG_PORT")),
                new Mutant("M35", "PostgreSQL's log is never rotated", "LOG-3",
                        List.of("ChangedSettingsIT#aFloodStaysWithinThreeFiles"),
                        Edit.replace("database/log-keeper.awk", "  if (size > 0 && size + length(line) + 1 > most) rotate()\n", "")),
                new Mutant("M36", "a mount that can be written", "VOL-4", List.of("VolumesIT#whatTheHostGivesIsReadOnly"),
                        Edit.service("strapi", "./docker/strapi/config:/opt/app/config:ro", "./docker/strapi/config:/opt/app/config")),
                new Mutant("M37", "the server that recovers from a crash knows of no archive", "BKP-2",
                        List.of("PointInTimeIT#aCrashWhileNothingCanBeArchivedLosesNoSegment"),
                        Edit.replace("database/guard.sh", "-D \"$PGDATA\" \"${FURTHER_SETTINGS[@]}\" -c exit", "-D \"$PGDATA\" -c exit")),
                new Mutant("M38", "a recovery looks for uploads in the stack alone", "BKP-2",
                        List.of("PointInTimeIT#aMomentAfterTheNewestSetComesBack"),
                        Edit.replace("database/backup/recover.bash", "gather_from_set() { # SET_FOLDER KEY\n",
                                "gather_from_set() { # SET_FOLDER KEY\n  return 0\n")),
                new Mutant("M39", "whoever is signed in sees what belongs to others", "SEC-2",
                        List.of("AccessIT#everyOperationTellsThoseAloneWhomItMay"),
                        Edit.replace(SERVICE + "security/Caller.java", "owner.filter(userId::equals).isPresent()", "owner.isPresent()")),
                new Mutant("M40", "a kind of answer without the security headers", "SEC-3",
                        List.of("HeadersIT#securityHeadersStandOnEveryAnswer"),
                        Edit.replace(SERVER, SECURITY_HEADERS
                                + "        add_header Cache-Control \"public, max-age=31536000, immutable\";\n",
                                "        add_header Cache-Control \"public, max-age=31536000, immutable\";\n")),
                new Mutant("M41", "pages of any origin may call", "SEC-3", List.of("HeadersIT#onlyPagesOfListedOriginsMayCall"),
                        Edit.replace(SERVICE + "web/CrossOriginFilter.java", "origin.filter(allowedOrigins::contains)",
                                "origin.filter(it -> !allowedOrigins.contains(it) || !it.isEmpty())")),
                new Mutant("M42", "all clients of an address have one limit together", "SEC-4", List.of(CLIENT_LIMITS),
                        Edit.replace("nginx/conf.d/clients.conf", "default $client_credential;", "default $binary_remote_addr;")),
                new Mutant("M43", "nobody is told how long to wait", "SEC-4", List.of(CLIENT_LIMITS),
                        Edit.replace("nginx/conf.d/clients.conf", "429 1;", "429 \"\";")),
                new Mutant("M44", "answers that belong to a user are kept", "OPS-5",
                        List.of("PublicCacheIT#whatBelongsToAUserIsNeverKept"),
                        Edit.replace("nginx/conf.d/snippets/api.conf", "proxy_buffering off;\n",
                                "proxy_cache public;\nproxy_cache_key $uri;\nproxy_cache_valid 200 5m;\nproxy_ignore_headers Cache-Control Expires Vary;\n")),
                new Mutant("M45", "a member of a wrong type is taken", "SEC-5", List.of("HostileRequestsIT#aWrongMemberIsNamed"),
                        Edit.replace(SERVICE + "agents/AgentForm.java", "rules.put(\"stopSequences\", texts)",
                                "rules.put(\"stopSequences\", _ -> Optional.empty())")),
                new Mutant("M46", "HTTP leads nowhere", "TOP-6", List.of("OwnFrontDoorIT#httpLeadsToHttps"),
                        Edit.replace("docker/frontend/entrypoint", "if (\\$insecure) { return 308", "if (\\$never) { return 308")
                                .and(Edit.replace(SERVER, "set $strapi http://strapi:1337;\n",
                                        "set $strapi http://strapi:1337;\n    set $never \"\";\n"))),
                new Mutant("M47", "a list's total is that of the page", "RUN-1",
                        List.of("CatalogueIT#pagesHoldEachEntryOnceAndSayHowManyThereAre"),
                        Edit.replace(SERVICE + "web/Page.java", ".add(\"total\", total)", ".add(\"total\", Math.min(total, data.size()))")),
                new Mutant("M48", "a chat's model isn't told what was said before", "RUN-7", List.of("ChatIT#theModelIsToldWhatWasSaid"),
                        Edit.replace(SERVICE + "chats/ChatTurns.java", "history.of(chat.id()))",
                                "history.of(chat.id()).subList(0, 0))")),
                new Mutant("M49", "lines of a run go without its id", "LOG-2", List.of("ApplicationLogsIT#linesOfARunCarryItsId"),
                        Edit.replace(SERVICE + "runs/RunEngine.java", "LogContext.withRun(run.toString(), ",
                                "LogContext.withRun(run.toString().substring(36), ")),
                new Mutant("M50", "a client that comes back begins anew", "RUN-4",
                        List.of("ResumeIT#aClientThatIsCutInsideAnEventGetsItWhole"),
                        Edit.replace(SERVICE + "runs/RunStreams.java", "long after = lastEventId(request);",
                                "long after = Math.min(lastEventId(request), 0);")),
                new Mutant("M51", "what an attempt took that failed isn't counted", "RUN-6",
                        List.of("AccountingIT#tokensAndCostAreThoseThatTheModelReported"),
                        Edit.replace(SERVICE + "runs/UsageMeter.java", "        before = total();\n", "")),
                new Mutant("M52", "a turn is asked for again after its first words", "RUN-8",
                        List.of("RunFaultsIT#eachFailureOfTheModelEndsInARetryOrAClearError"),
                        Edit.replace(SERVICE + "runs/ModelTurn.java", "begun ? Optional.empty()",
                                "begun && attempt > 2 ? Optional.empty()")),
                new Mutant("M53", "an agent's turn limit is not kept", "RUN-3",
                        List.of("AgentConfigurationIT#aModelThatWantsToolsForEverIsStopped"),
                        Edit.replace(SERVICE + "runs/RunTask.java", "agent.maxTurns().orElse(tools.mostTurns())",
                                "agent.maxTurns().orElse(0) + tools.mostTurns()")));
    }

    static List<Equivalent> equivalents() {
        return List.of(
                new Equivalent("M07d", "express doesn't wait for postgres' health", "strapi waits for it, and express for strapi"),
                new Equivalent("M07e", "frontend doesn't wait for strapi's health", "express waits for it, and frontend for express"),
                new Equivalent("M08", "a probe of localhost in place of 127.0.0.1",
                        "the probe tries every address of a name in turn, and each listener has the IPv4 one"),
                new Equivalent("M23a", "a restore that goes on after an error",
                        "each table's rows are compared with the manifest before the databases change places"),
                new Equivalent("M12", "proxy_buffering on", "nginx passes on at once what the service sends with X-Accel-Buffering: no"));
    }

    private static Mutant alwaysHealthy(String letter, String service, String probe) {
        return new Mutant("M09" + letter, "the health check of " + service + " always exits 0", "HLT-3", List.of(HUNG),
                Edit.service(service, probe, "\"true\""));
    }
}
