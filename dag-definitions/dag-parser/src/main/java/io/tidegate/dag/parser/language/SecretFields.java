package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.Secret;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Identifiers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The fields of an entry of {@code secrets}: where a value is kept. */
final class SecretFields {
    private static final Field<String> ENVIRONMENT = optional(
            "environment",
            Notations.pattern("^[A-Za-z_][A-Za-z0-9_]*$", "the name of an environment variable"),
            "A variable of the server's environment.",
            "environment: WAREHOUSE_PASSWORD");
    private static final Field<String> FILE = optional(
            "file",
            Notations.pattern("^/(?!.*(^|/)\\.\\.(/|$)).+$", "an absolute path such as /run/secrets/warehouse"),
            "A file on the server's machine, by its absolute path.",
            "file: /run/secrets/warehouse");
    private static final Field<Secret.Place> KUBERNETES = optional(
            "kubernetes",
            ObjectType.of(
                    "kubernetes_secret",
                    "a value in a secret of Kubernetes",
                    List.of(KubernetesFields.SECRET, KubernetesFields.KEY),
                    values -> values.get(KubernetesFields.SECRET)
                            .flatMap(secret ->
                                    values.get(KubernetesFields.KEY).map(key -> new Secret.Kubernetes(secret, key)))),
            "A secret in the namespace of the pod that needs it.",
            "kubernetes: { secret: warehouse, key: password }");
    private static final List<Field<?>> PLACES = List.of(ENVIRONMENT, FILE, KUBERNETES);

    static final MapType<String, Function<String, Secret>> TYPE = new MapType<>(
            "a mapping of secrets by name",
            Identifiers.of("secret", Function.identity()),
            Notations.IDENTIFIER_SCHEMA,
            ObjectType.of("secret", "a secret", PLACES, SecretFields::bind).refining(SecretFields::refine));

    private SecretFields() {}

    private static Optional<Function<String, Secret>> bind(Values values) {
        long places = PLACES.stream().filter(values::has).count();
        if (places != 1) {
            values.reading()
                    .report(
                            values.owner(),
                            "a secret is kept in one place: environment, file or kubernetes",
                            places == 0 ? "for example " + ENVIRONMENT.example() : "keep one of them");
            return Optional.empty();
        }
        return Stream.of(
                        values.get(ENVIRONMENT).map(Secret.Variable::new),
                        values.get(FILE).map(Secret.File::new),
                        values.get(KUBERNETES))
                .flatMap(Optional::stream)
                .findFirst()
                .map(place -> name -> new Secret(name, place));
    }

    private static Map<String, Object> refine(Map<String, Object> schema) {
        Map<String, Object> refined = new LinkedHashMap<>(schema);
        refined.put(
                "oneOf",
                PLACES.stream()
                        .map(field -> Map.of("required", List.of(field.name())))
                        .toList());
        return refined;
    }
}
