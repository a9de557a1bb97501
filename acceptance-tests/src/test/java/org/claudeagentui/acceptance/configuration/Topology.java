package org.claudeagentui.acceptance.configuration;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A compose file's services as it writes them, before Compose interpolates anything. */
record Topology(Map<String, Map<?, ?>> services) {
    static Topology parse(String yaml) {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        Map<String, Map<?, ?>> services = new LinkedHashMap<>();
        map(file, "services").forEach((name, service) -> services.put(String.valueOf(name), (Map<?, ?>) service));
        return new Topology(services);
    }

    /** What a service's container has in its environment, by name. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(Objects.requireNonNull(services.get(service), service), "environment")
                .forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        return environment;
    }

    /** Names of the services. */
    Set<String> names() {
        return services.keySet();
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return of.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
}
