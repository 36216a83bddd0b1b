package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.template.Template;
import java.util.Map;
import java.util.Optional;

/** Text with names in double braces. The names are checked later, when all of them are known. */
public final class TemplateType implements ValueType<Template> {
    private final TextType<Template> text;
    private final TemplateUse.Scope scope;

    private TemplateType(TextType<Template> text, TemplateUse.Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** A template that is a text of its own sort, such as a URI. */
    public static TemplateType of(String noun, Grammar<Template> grammar, TemplateUse.Scope scope) {
        return new TemplateType(TextType.of(noun, grammar), scope);
    }

    /** A template of any single value, taken as it is written. */
    public static TemplateType asWritten(String noun, Grammar<Template> grammar, TemplateUse.Scope scope) {
        return new TemplateType(TextType.asWritten(noun, grammar), scope);
    }

    @Override
    public Optional<Template> read(YamlNode node, Reading reading) {
        Optional<TextType.Read<Template>> read = text.readScalar(node, reading);
        read.ifPresent(found -> reading.remember(new TemplateUse(found.scalar(), found.value(), scope)));
        return read.map(TextType.Read::value);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return text.schema(definitions);
    }
}
