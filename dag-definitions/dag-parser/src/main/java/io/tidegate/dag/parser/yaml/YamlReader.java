package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds nodes from the events of the YAML parser, and reports everything that YAML allows and a definition does not: anchors, aliases,
 * merge keys, tags, directives, further documents, duplicate keys, keys that are no text, control characters, deep nesting. Composes
 * without recursion: the depth of a file never becomes depth of a call stack.
 */
public final class YamlReader {
    private static final String CORE_TAGS = "tag:yaml.org,2002:";
    private static final int ROOM_FOR_ANY_FILE = Integer.MAX_VALUE;

    private final Problems problems;
    private final int deepestNesting;
    private final Deque<OpenNode> open = new ArrayDeque<>();
    private Optional<YamlNode> root = Optional.empty();
    private int documents;

    private YamlReader(Problems problems, int deepestNesting) {
        this.problems = problems;
        this.deepestNesting = deepestNesting;
    }

    /**
     * The file's one document.
     *
     * @param problems receives what is wrong
     * @param deepestNesting how many lists and mappings may stand inside each other
     * @return empty when the file is not YAML, which has been reported, or holds nothing, which has not
     */
    public static Optional<YamlNode> read(String source, Problems problems, int deepestNesting) {
        if (!Characters.check(source, problems)) {
            return Optional.empty();
        }
        YamlReader reader = new YamlReader(problems, deepestNesting);
        try {
            return reader.compose(source);
        } catch (MarkedYamlEngineException exception) {
            SyntaxProblems.report(exception, problems);
            return Optional.empty();
        } catch (YamlEngineException exception) {
            problems.add(Position.TOP, "this is not YAML: " + exception.getMessage(), Optional.empty());
            return Optional.empty();
        }
    }

    private Optional<YamlNode> compose(String source) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(ROOM_FOR_ANY_FILE).build();
        for (Event event : new Parse(settings).parseString(source)) {
            if (!take(event)) {
                return documents > 1 ? root : Optional.empty();
            }
        }
        return root;
    }

    /** Whether to go on. */
    private boolean take(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> {
                return startDocument((DocumentStartEvent) event);
            }
            case Alias -> takeAlias((AliasEvent) event);
            case Scalar -> takeScalar((ScalarEvent) event);
            case SequenceStart, MappingStart -> {
                return startCollection((CollectionStartEvent) event);
            }
            case SequenceEnd, MappingEnd -> attach(open.pop().close());
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
        return true;
    }

    private boolean startDocument(DocumentStartEvent event) {
        documents++;
        Position position = position(event.getStartMark());
        if (documents > 1) {
            report(position, "a second document starts here; a file holds one DAG", "put it in a file of its own");
            return false;
        }
        if (event.getSpecVersion().isPresent() || !event.getTags().isEmpty()) {
            report(position, "directives such as %YAML are not allowed", "leave the line out: a DAG file is YAML 1.2");
        }
        return true;
    }

    private void takeAlias(AliasEvent event) {
        Position position = position(event.getStartMark());
        if (!isMergeValue()) {
            report(position, "alias *" + name(event) + " is not allowed", "write the value out where it is used");
        }
        attach(new YamlNode.Unreadable(position, owner(position)));
    }

    private boolean isMergeValue() {
        return !open.isEmpty() && open.peek().isMerging();
    }

    private void takeScalar(ScalarEvent event) {
        Position position = position(event.getStartMark());
        refuseAnchor(event, position);
        refuseTag(event.getTag(), position);
        Characters.checkValue(event.getValue(), position, problems);
        YamlNode.Style style = switch (event.getScalarStyle()) {
            case PLAIN -> YamlNode.Style.PLAIN;
            case LITERAL, FOLDED -> YamlNode.Style.BLOCK;
            case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> YamlNode.Style.QUOTED;
        };
        attach(new YamlNode.Scalar(event.getValue(), style, position, position(event.getEndMark()), owner(position)));
    }

    private boolean startCollection(CollectionStartEvent event) {
        Position position = position(event.getStartMark());
        refuseAnchor(event, position);
        refuseTag(event.getTag(), position);
        if (open.size() >= deepestNesting) {
            report(
                    position,
                    "nested more than " + deepestNesting + " levels deep",
                    "a definition needs fewer than ten");
            return false;
        }
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        open.push(
                mapping
                        ? new OpenMapping(position, owner(position), problems)
                        : new OpenSequence(position, owner(position)));
        return true;
    }

    private void attach(YamlNode node) {
        if (open.isEmpty()) {
            root = Optional.of(node);
        } else {
            open.peek().add(node);
        }
    }

    private Position owner(Position ownStart) {
        return open.isEmpty() ? ownStart : open.peek().keyPosition().orElse(ownStart);
    }

    private void refuseAnchor(NodeEvent event, Position position) {
        if (event.getAnchor().isPresent()) {
            report(position, "anchor &" + name(event) + " is not allowed", "write the value out where it is used");
        }
    }

    private void refuseTag(Optional<String> tag, Position position) {
        tag.ifPresent(name -> report(
                position,
                "tag " + Excerpt.shortened(name.replace(CORE_TAGS, "!!")) + " is not allowed",
                "the field decides what the value is"));
    }

    private static String name(NodeEvent event) {
        return event.getAnchor()
                .map(anchor -> Excerpt.shortened(anchor.getValue()))
                .orElse("");
    }

    private void report(Position position, String message, String suggestion) {
        problems.add(position, message, Optional.of(suggestion));
    }

    static Position position(Optional<Mark> mark) {
        return mark.map(found -> new Position(found.getLine() + 1, found.getColumn() + 1))
                .orElse(Position.TOP);
    }
}
