package org.claudeagentui.service.web;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.ApiDescription;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document and the service, held together. */
class DescriptionTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final ApiDescription DESCRIPTION = ApiDescription.read();

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @Test
    void operationsOfTheApiAreThoseDescribed() {
        List<String> routes = new ArrayList<>();
        CDI.current()
                .getBeanManager()
                .getBeans(Object.class, Any.Literal.INSTANCE)
                .stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .forEach(type -> Arrays.stream(type.getMethods())
                        .map(method -> described(type, method))
                        .forEach(method -> resourceRoute(type, method).forEach(routes::add)));
        CDI.current().select(HttpService.class, Any.Literal.INSTANCE).forEach(service -> service.routing(recording(routes)));

        var described = DESCRIPTION.root()
                .getJsonObject("paths")
                .entrySet()
                .stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue()
                        .asJsonObject()
                        .keySet()
                        .stream()
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()));

        assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
    }

    /** The method itself, or, where it says nothing of its route, the one that it overrides. */
    private static Method described(Class<?> type, Method method) {
        return method.getAnnotations().length > 0
                ? method
                : Arrays.stream(type.getSuperclass().getMethods())
                        .filter(other -> other.getName().equals(method.getName())
                                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()))
                        .findFirst()
                        .orElse(method);
    }

    private static Stream<String> resourceRoute(Class<?> type, Method method) {
        return Arrays.stream(method.getAnnotations())
                .filter(it -> it.annotationType().isAnnotationPresent(HttpMethod.class))
                .map(it -> it.annotationType().getAnnotation(HttpMethod.class).value() + " " + type.getAnnotation(Path.class).value()
                        + (method.isAnnotationPresent(Path.class) ? "/" + method.getAnnotation(Path.class).value() : ""));
    }

    private static HttpRules recording(List<String> routes) {
        return (HttpRules) Proxy.newProxyInstance(HttpRules.class.getClassLoader(), new Class<?>[]{HttpRules.class},
                (proxy, method, arguments) -> {
                    routes.add(method.getName().toUpperCase(Locale.ROOT) + " " + arguments[0]);
                    return proxy;
                });
    }

    /** A comma that ends a text too early makes a member without a value, which the server can't write as JSON. */
    @Test
    void theDescriptionIsJsonWhereThatIsAskedFor() {
        assertThat(SERVICE.get("/openapi?format=JSON").json().getJsonObject("paths").keySet()).containsExactlyInAnyOrderElementsOf(
                DESCRIPTION.root().getJsonObject("paths").keySet());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressesBesideTheApiAnswerAsDescribed(String address, Set<String> statuses) {
        assertThat(statuses).contains("" + SERVICE.get(address).status());
    }

    static Stream<Arguments> addresses() {
        return DESCRIPTION.root()
                .getJsonObject("paths")
                .entrySet()
                .stream()
                .filter(path -> !path.getKey().startsWith("/api/"))
                .map(path -> Arguments.of(path.getKey(), path.getValue()
                        .asJsonObject()
                        .getJsonObject("get")
                        .getJsonObject("responses")
                        .keySet()));
    }

    /** As generated clients do; for what has no body but a refusal's, that is application/problem+json alone. */
    @ParameterizedTest
    @MethodSource("accepted")
    void whoAcceptsWhatIsDescribedIsAnswered(String method, String address, String accepted) {
        assertThat(SERVICE.send(method, address, "{}", "Accept", accepted).status()).isNotEqualTo(406);
    }

    static Stream<Arguments> accepted() {
        return DESCRIPTION.root()
                .getJsonObject("paths")
                .entrySet()
                .stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue()
                        .asJsonObject()
                        .entrySet()
                        .stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .map(member -> Arguments.of(member.getKey().toUpperCase(Locale.ROOT), path.getKey().replaceAll("\\{[^}]*}", "none"),
                                mediaTypes(member.getValue().asJsonObject().getJsonObject("responses")))));
    }

    private static String mediaTypes(JsonObject responses) {
        return responses.values()
                .stream()
                .map(response -> DESCRIPTION.whole(response.asJsonObject()))
                .flatMap(response -> response.getOrDefault("content", JsonValue.EMPTY_JSON_OBJECT).asJsonObject().keySet().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void limitsAreThoseDescribed(String address, String member, String value, boolean allowed) {
        Answer answer = SERVICE.send("POST", address, "{\"" + member + "\":" + value + "}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .filteredOn(error -> error.getString("field").equals(member) && !error.getString("detail").equals("is missing"))
                .hasSize(allowed ? 0 : 1);
    }

    static Stream<Arguments> limits() {
        return Stream.of("Agent", "McpServer").flatMap(kind -> {
            var address = kind.equals("Agent") ? "/api/agents" : "/api/mcp-servers";
            return DESCRIPTION.whole(kind + "Members")
                    .getJsonObject("properties")
                    .entrySet()
                    .stream()
                    .flatMap(member -> limits(address, member.getKey(), DESCRIPTION.whole(member.getValue().asJsonObject())));
        });
    }

    private static Stream<Arguments> limits(String address, String member, JsonObject schema) {
        List<Arguments> limits = new ArrayList<>();
        if (schema.containsKey("minimum")) {
            var least = schema.getInt("minimum");
            var most = schema.getInt("maximum");
            limits.add(Arguments.of(address, member, "" + least, true));
            limits.add(Arguments.of(address, member, "" + most, true));
            limits.add(Arguments.of(address, member, "" + (least - 1), false));
            limits.add(Arguments.of(address, member, "" + (most + 1), false));
            limits.add(Arguments.of(address, member, least + ".5", schema.getString("type").equals("number")));
        }
        if (schema.containsKey("maxLength") && !member.equals("url") && !member.equals("model")) {
            limits.add(Arguments.of(address, member, text(schema.getInt("maxLength")), true));
            limits.add(Arguments.of(address, member, text(schema.getInt("maxLength") + 1), false));
            limits.add(Arguments.of(address, member, text(schema.getInt("minLength", 0)), true));
        }
        if (schema.getInt("minLength", 0) > 0) {
            limits.add(Arguments.of(address, member, text(schema.getInt("minLength") - 1), false));
        }
        if (schema.containsKey("maxItems")) {
            limits.add(Arguments.of(address, member, list(schema.getInt("maxItems")), true));
            limits.add(Arguments.of(address, member, list(schema.getInt("maxItems") + 1), false));
        }
        if (schema.getBoolean("uniqueItems", false)) {
            limits.add(Arguments.of(address, member, "[\"e\",\"e\"]", false));
        }
        if (schema.containsKey("enum")) {
            schema.getJsonArray("enum")
                    .getValuesAs(JsonString.class)
                    .forEach(value -> limits.add(Arguments.of(address, member, value.toString(), true)));
            limits.add(Arguments.of(address, member, "\"none-of-them\"", false));
        }
        return limits.stream();
    }

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    private static String list(int length) {
        return IntStream.range(0, length).mapToObj(at -> "\"e" + at + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void anAgentHasNoMemberThatIsNotDescribed() {
        var example = DESCRIPTION.root()
                .getJsonObject("components")
                .getJsonObject("requestBodies")
                .getJsonObject("Agent")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("examples")
                .getJsonObject("more")
                .getJsonObject("value");
        var made = SERVICE.send("POST", "/api/agents", example.toString());

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().keySet()).isSubsetOf(DESCRIPTION.whole("Agent").getJsonObject("properties").keySet())
                .containsAll(ApiDescription.required(DESCRIPTION.whole("Agent")));
    }
}
