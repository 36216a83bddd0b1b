package io.tidegate.dag.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final Map<String, String> VALUES = Map.of("home", "/data", "interval.start.date", "2001-01-01");

    @Test
    void namesAreReplacedByTheirValues() {
        Template template = new Template("{{ home }}/raw/interval={{interval.start.date}}/{{ home }}");

        assertThat(template.names()).containsExactly("home", "interval.start.date", "home");
        assertThat(template.render(name -> Optional.ofNullable(VALUES.get(name))))
                .isEqualTo("/data/raw/interval=2001-01-01//data");
    }

    @Test
    void aValueIsNeverReadAsATemplate() {
        assertThat(new Template("{{ params.x }}").render(name -> Optional.of("{{ home }} $1 \\")))
                .isEqualTo("{{ home }} $1 \\");
    }

    @Test
    void aNameWithoutValueIsToldByName() {
        assertThatThrownBy(() -> new Template("a {{ params.x }}").render(name -> Optional.empty()))
                .isInstanceOf(TemplateException.class)
                .hasMessage("'a {{ params.x }}' names 'params.x', which has no value here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{", "}}", "{{ }}", "{{ home", "{{ a b }}", "{{ 1 + 1 }}", "{{ home | upper }}", "{{ x() }}"})
    void bracesHoldANameAndNothingElse(String source) {
        assertThatThrownBy(() -> new Template(source))
                .isInstanceOf(TemplateException.class)
                .hasMessage("'" + source + "' has braces that do not hold a name; a template knows names only,"
                        + " such as {{ interval.start.date }}");
    }

    @Test
    void singleBracesAreText() {
        assertThat(new Template("{\"home\": \"{{ home }}\"}").render(name -> Optional.of("/data")))
                .isEqualTo("{\"home\": \"/data\"}");
        assertThat(new Template("{{{ home }}}").render(name -> Optional.of("/data")))
                .isEqualTo("{/data}");
        assertThat(new Template("{{{ home }}{").names()).containsExactly("home");
    }
}
