package io.tidegate.steps.cleanse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Turns the YAML of a rules file into rules, gathering every problem on the way. */
final class RulesParser {
    private static final List<String> CHECKS = List.of("required", "type", "range", "codes", "matches", "unique");
    private static final List<String> FIELDS = List.of(
            "name",
            "column",
            "required",
            "type",
            "range",
            "codes",
            "matches",
            "unique",
            "fix",
            "otherwise",
            "fail_beyond");
    private static final List<String> SIMPLE_FIXES = List.of("trim", "upper", "lower", "clamp");
    private static final List<String> OTHERWISE = List.of("quarantine", "drop");
    private static final double PERCENT = 100;

    private final Path file;
    private final YamlTree tree = new YamlTree();
    private final Set<String> names = new HashSet<>();

    RulesParser(Path file) {
        this.file = file;
    }

    List<Rule> parse(String text) {
        List<Rule> rules = new ArrayList<>();
        tree.compose(text).ifPresent(root -> {
            Map<String, Node> fields = tree.fields(root, List.of("rules"), "the file");
            Node list = fields.get("rules");
            if (list == null) {
                if (root instanceof MappingNode) {
                    tree.problem(root, "the file needs 'rules:' and a list");
                }
                return;
            }
            for (Node item : tree.items(list, "'rules'")) {
                rule(item).ifPresent(rules::add);
            }
            if (rules.isEmpty() && tree.problems().isEmpty()) {
                tree.problem(list, "there is no rule");
            }
        });
        if (!tree.problems().isEmpty()) {
            throw new RulesException(file.toString(), tree.problems());
        }
        return List.copyOf(rules);
    }

    private Optional<Rule> rule(Node node) {
        Map<String, Node> fields = tree.fields(node, FIELDS, "a rule");
        if (!(node instanceof MappingNode)) {
            return Optional.empty();
        }
        Optional<String> name = required(node, fields, "name");
        name.filter(text -> !names.add(text))
                .ifPresent(text -> tree.problem(fields.get("name"), "there are two rules of the name '" + text + "'"));
        Optional<Check> check = check(node, fields);
        Optional<String> column = column(node, fields);
        List<Fix> fixes = fixes(fields, check);
        Rule.Otherwise otherwise = otherwise(fields);
        OptionalDouble failBeyond = share(fields);
        if (name.isEmpty() || check.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule(name.get(), column.get(), check.get(), fixes, otherwise, failBeyond));
    }

    private Optional<String> required(Node node, Map<String, Node> fields, String field) {
        Node value = fields.get(field);
        if (value == null) {
            tree.problem(node, "the rule has no '" + field + "'");
            return Optional.empty();
        }
        return tree.text(value, "'" + field + "'");
    }

    private Optional<String> column(Node node, Map<String, Node> fields) {
        if (!fields.containsKey("unique")) {
            return required(node, fields, "column");
        }
        if (fields.containsKey("column")) {
            tree.problem(fields.get("column"), "a rule with 'unique' is about whole rows and has no 'column'");
        }
        return Optional.of("");
    }

    private Optional<Check> check(Node node, Map<String, Node> fields) {
        List<String> present = CHECKS.stream().filter(fields::containsKey).toList();
        if (present.size() != 1) {
            tree.problem(
                    present.isEmpty() ? node : fields.get(present.get(1)),
                    "a rule has exactly one of " + String.join(", ", CHECKS) + ", this one has "
                            + (present.isEmpty() ? "none" : String.join(" and ", present)));
            return Optional.empty();
        }
        Node value = fields.get(present.get(0));
        return switch (present.get(0)) {
            case "required" -> requiredCheck(value);
            case "type" -> type(value);
            case "range" -> range(value);
            case "codes" -> codes(value);
            case "matches" -> matches(value);
            default -> unique(value);
        };
    }

    private Optional<Check> requiredCheck(Node value) {
        if (!"true".equals(tree.text(value, "'required'").orElse("true"))) {
            tree.problem(value, "'required' can only be true: leave the rule out otherwise");
        }
        return Optional.of(new Check.Required());
    }

    private Optional<Check> type(Node value) {
        List<String> known = java.util.Arrays.stream(ColumnType.values())
                .map(ColumnType::word)
                .toList();
        Optional<String> word = tree.text(value, "'type'");
        Optional<ColumnType> type = word.flatMap(ColumnType::ofWord);
        if (word.isPresent() && type.isEmpty()) {
            tree.problem(value, "unknown type '" + word.get() + "'" + Nearest.suggestion(word.get(), known));
        }
        return type.map(Check.OfType::new);
    }

    private Optional<Check> range(Node value) {
        List<Node> ends = tree.items(value, "'range'");
        if (ends.size() != 2 || !ends.stream().allMatch(ScalarNode.class::isInstance)) {
            tree.problem(value, "'range' is [least, most]; write null for an end that is open");
            return Optional.empty();
        }
        return Optional.of(new Check.Range(end(ends.get(0)), end(ends.get(1))));
    }

    private static Optional<String> end(Node node) {
        return YamlTree.isNull(node) ? Optional.empty() : Optional.of(((ScalarNode) node).getValue());
    }

    private Optional<Check> codes(Node value) {
        Optional<String> name = tree.text(value, "'codes'");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path codeFile = file.resolveSibling(name.get());
        try {
            SortedSet<String> codes = RulesFile.codes(codeFile);
            if (codes.isEmpty()) {
                tree.problem(value, "the code file " + codeFile + " holds no code");
            }
            return Optional.of(new Check.Codes(codes));
        } catch (IOException e) {
            tree.problem(value, "the code file " + codeFile + " cannot be read: " + e);
            return Optional.empty();
        }
    }

    private Optional<Check> matches(Node value) {
        Optional<String> expression = tree.text(value, "'matches'");
        try {
            return expression.map(Pattern::compile).map(Pattern::pattern).map(Check.Matches::new);
        } catch (PatternSyntaxException e) {
            tree.problem(value, "'matches' is no regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private Optional<Check> unique(Node value) {
        Set<String> columns = new LinkedHashSet<>();
        for (ScalarNode word : tree.words(value, "'unique'")) {
            if (!columns.add(word.getValue())) {
                tree.problem(word, "the column '" + word.getValue() + "' is there twice");
            }
        }
        if (columns.isEmpty()) {
            tree.problem(value, "'unique' needs at least one column");
            return Optional.empty();
        }
        return Optional.of(new Check.Unique(List.copyOf(columns)));
    }

    private List<Fix> fixes(Map<String, Node> fields, Optional<Check> check) {
        Node value = fields.get("fix");
        if (value == null) {
            return List.of();
        }
        if (check.filter(Check.Unique.class::isInstance).isPresent()) {
            tree.problem(value, "a duplicate cannot be fixed; say 'otherwise: drop'");
            return List.of();
        }
        if (value instanceof MappingNode) {
            Node replacement = tree.fields(value, List.of("value"), "'fix'").get("value");
            return Optional.ofNullable(replacement).flatMap(node -> tree.text(node, "'value'")).stream()
                    .map(text -> (Fix) new Fix.Value(text))
                    .toList();
        }
        List<Fix> fixes = new ArrayList<>();
        for (ScalarNode word : tree.words(value, "'fix'")) {
            if (!SIMPLE_FIXES.contains(word.getValue())) {
                tree.problem(
                        word,
                        "unknown fix '" + word.getValue() + "'" + Nearest.suggestion(word.getValue(), SIMPLE_FIXES));
                continue;
            }
            Fix.Simple fix = Fix.Simple.valueOf(word.getValue().toUpperCase(Locale.ROOT));
            if (fix == Fix.Simple.CLAMP
                    && check.filter(Check.Range.class::isInstance).isEmpty()) {
                tree.problem(word, "'clamp' is a fix for a 'range' only");
            }
            fixes.add(fix);
        }
        return fixes;
    }

    private Rule.Otherwise otherwise(Map<String, Node> fields) {
        Node value = fields.get("otherwise");
        String word =
                value == null ? "quarantine" : tree.text(value, "'otherwise'").orElse("quarantine");
        if (!OTHERWISE.contains(word)) {
            tree.problem(value, "unknown word '" + word + "' for a bad row" + Nearest.suggestion(word, OTHERWISE));
            return Rule.Otherwise.QUARANTINE;
        }
        return Rule.Otherwise.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private OptionalDouble share(Map<String, Node> fields) {
        Node value = fields.get("fail_beyond");
        if (value == null) {
            return OptionalDouble.empty();
        }
        String text = tree.text(value, "'fail_beyond'").orElse("0").strip();
        boolean percent = text.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
            double share = percent ? number / PERCENT : number;
            if (share >= 0 && share <= 1) {
                return OptionalDouble.of(share);
            }
        } catch (NumberFormatException e) {
            tree.problem(value, "'fail_beyond' is '" + text + "', not a share of rows such as 1%");
            return OptionalDouble.empty();
        }
        tree.problem(value, "'fail_beyond' is '" + text + "', which does not lie between 0% and 100%");
        return OptionalDouble.empty();
    }
}
