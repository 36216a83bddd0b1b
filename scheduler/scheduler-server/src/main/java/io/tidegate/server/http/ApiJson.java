package io.tidegate.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.tidegate.scheduler.state.StepState;
import java.time.Instant;

/** How the REST interface writes JSON: snake_case names, enums in lower case, ISO-8601 instants, nothing for what is absent. */
public final class ApiJson {
    private ApiJson() {}

    /** Makes a mapper write that way. */
    public static ObjectMapper configure(ObjectMapper mapper) {
        SimpleModule texts = new SimpleModule("texts")
                .addKeySerializer(StepState.class, new LowerCaseKey())
                .addSerializer(Instant.class, new InstantText());
        return mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
                .configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .registerModule(texts);
    }
}
