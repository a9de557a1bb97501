package org.claudeagentui.service.testing;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Strapi's users, as it tells the service of them. */
public final class FakeAccounts {
    private static final String NONE = "{\"data\":null,\"error\":{\"status\":404,\"message\":\"Not Found\",\"details\":{}}}";

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    private record Account(String id, String password, boolean administrator, boolean blocked) {
        String told() {
            return Json.createObjectBuilder()
                    .add("data", Json.createObjectBuilder()
                            .add("documentId", id)
                            .add("username", "name of " + id)
                            .add("email", id + "@example.org")
                            .add("administrator", administrator)
                            .add("blocked", blocked)
                            .add("generation", "of " + password))
                    .build()
                    .toString();
        }
    }

    /** Adds a user whose e-mail address is {@code id@example.org}. */
    public void add(String id, String password, boolean administrator) {
        accounts.put(id, new Account(id, password, administrator, false));
    }

    /** Keeps a user out. */
    public void block(String id) {
        change(id, account -> new Account(account.id(), account.password(), account.administrator(), true));
    }

    private void change(String id, UnaryOperator<Account> change) {
        accounts.computeIfPresent(id, (_, account) -> change.apply(account));
    }

    void answer(HttpExchange exchange, FakeUploads.Sender sender) throws IOException {
        var parts = exchange.getRequestURI().getPath().split("/", -1);
        if (parts[3].equals("sign-in")) {
            signIn(body(exchange), sender);
        } else if (parts.length == 5) {
            changePassword(parts[3], body(exchange), sender);
        } else {
            tell(accounts.get(parts[3]), sender);
        }
    }

    private void signIn(JsonObject credentials, FakeUploads.Sender sender) throws IOException {
        var account = accounts.get(credentials.getString("identifier").replace("@example.org", ""));
        tell(account != null && !account.blocked() && account.password().equals(credentials.getString("password")) ? account : null,
                sender);
    }

    private void changePassword(String id, JsonObject passwords, FakeUploads.Sender sender) throws IOException {
        var account = accounts.get(id);
        var right = account != null && account.password().equals(passwords.getString("currentPassword"));
        if (right) {
            change(id, before -> new Account(id, passwords.getString("newPassword"), before.administrator(), before.blocked()));
        }
        tell(right ? accounts.get(id) : null, sender);
    }

    private static void tell(@Nullable Account account, FakeUploads.Sender sender) throws IOException {
        sender.send(account == null ? 404 : 200, account == null ? NONE : account.told());
    }

    private static JsonObject body(HttpExchange exchange) {
        try (var reader = Json.createReader(exchange.getRequestBody())) {
            return reader.readObject().getJsonObject("data");
        }
    }
}
