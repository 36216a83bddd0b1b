package io.tidegate.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.tidegate.scheduler.state.StepState;
import java.io.IOException;
import java.util.Locale;

/** Writes a step state that is the key of a map the way all other enums are written. */
final class LowerCaseKey extends JsonSerializer<StepState> {
    @Override
    public void serialize(StepState state, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeFieldName(state.name().toLowerCase(Locale.ROOT));
    }
}
