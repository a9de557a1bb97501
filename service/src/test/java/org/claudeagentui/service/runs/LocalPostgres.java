package org.claudeagentui.service.runs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import org.flywaydb.core.Flyway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real PostgreSQL server from this machine's own installation, with the journal's schema; tests are skipped where there is none. */
public final class LocalPostgres {

    private static final String NOBODY = "65534";

    private static Optional<LocalPostgres> shared = Optional.empty();

    private final Path bin;
    private final Path directory;
    private final int port;
    private Process server;

    private LocalPostgres(Path bin, Path directory, int port) throws IOException {
        this.bin = bin;
        this.directory = directory;
        this.port = port;
        server = launch();
    }

    /**
     * The server of this JVM, without runs that a test before left at work, which this one's replicas would go on with; the calling test is
     * skipped, with the reason, where no PostgreSQL is installed.
     */
    public static synchronized LocalPostgres shared() throws IOException, InterruptedException, SQLException {
        if (shared.isEmpty()) {
            LocalPostgres started = start();
            shared = Optional.of(started);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::remove));
        }
        shared.get().forgetOpenRuns();
        return shared.get();
    }

    private void forgetOpenRuns() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                        IF to_regclass('runs.run') IS NOT NULL THEN DELETE FROM runs.run WHERE state IN ('queued', 'running'); END IF;
                    END $$""");
        }
    }

    private static LocalPostgres start() throws IOException, InterruptedException, SQLException {
        Optional<Path> bin = installation();
        assumeTrue(bin.isPresent(), "no PostgreSQL server is installed here: initdb is neither in PATH nor in /usr/lib/postgresql/*/bin");
        Path directory = Files.createTempDirectory("journal-test-");
        run("chown", isRoot() ? NOBODY : System.getProperty("user.name"), directory.toString());
        run(unprivileged(bin.get().resolve("initdb"), "-D", directory.resolve("data").toString(), "-U", "postgres", "-A", "trust", "-E",
                "UTF8",
                "--locale=C", "--no-sync"));
        var postgres = new LocalPostgres(bin.get(), directory, freePort());
        postgres.awaitAnswer();
        postgres.prepare();
        return postgres;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/claude_agent_ui?sslmode=disable&connectTimeout=3&socketTimeout=15";
    }

    /** A connection of the service's role. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "express", "");
    }

    /** A pool of such connections. */
    public HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername("express");
        config.setPassword("");
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** A client that takes its connections from a pool. */
    public static DbClient client(HikariDataSource pool) {
        return JdbcClientBuilder.create().connectionPool(() -> {
            try {
                return pool.getConnection();
            } catch (SQLException e) {
                throw new DbClientException("no connection", e);
            }
        }).build();
    }

    /** Kills the server as a crash would. */
    public void kill() throws InterruptedException, IOException {
        String postmaster = Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
        run("kill", "-QUIT", postmaster);
        server.waitFor(10, TimeUnit.SECONDS);
    }

    /** Starts the server again after {@link #kill()}. */
    public void restart() throws IOException, InterruptedException, SQLException {
        server = launch();
        awaitAnswer();
    }

    private void remove() {
        server.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's test directory could not be removed", e);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(unprivileged(bin.resolve("postgres"), "-D", directory.resolve("data").toString(), "-p", "" + port, "-k",
                directory.toString(), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitAnswer() throws InterruptedException, SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                superuser("postgres").close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                server.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void prepare() throws SQLException {
        try (var connection = superuser("postgres"); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE claude_agent_ui");
            statement.execute("CREATE ROLE express LOGIN");
            statement.execute("ALTER ROLE express SET search_path = runs");
        }
        try (var connection = superuser("claude_agent_ui"); var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA runs AUTHORIZATION express");
        }
        Flyway.configure().dataSource(url(), "express", "").defaultSchema("runs").locations("classpath:db/migration").load().migrate();
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&connectTimeout=3",
                "postgres", "");
    }

    private static Optional<Path> installation() throws IOException {
        var places = new ArrayList<Path>();
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> all = Files.list(versions)) {
                all.map(version -> version.resolve("bin")).sorted(Comparator.reverseOrder()).forEach(places::add);
            }
        }
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).map(Path::of).forEach(places::add);
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("initdb")) && Files.isExecutable(place.resolve("postgres")))
                .findFirst();
    }

    /** PostgreSQL refuses to be run by root. */
    private static List<String> unprivileged(Path program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        run(List.of(command));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + output);
        }
    }
}
