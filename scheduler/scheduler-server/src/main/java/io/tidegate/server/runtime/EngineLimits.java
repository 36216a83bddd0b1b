package io.tidegate.server.runtime;

import io.tidegate.scheduler.engine.EngineSettings;
import io.tidegate.server.settings.ConfigurationFile;

/** How the engine works by a configuration file. */
final class EngineLimits {
    private EngineLimits() {}

    static EngineSettings of(ConfigurationFile file) {
        EngineSettings.Limits usual = EngineSettings.Limits.DEFAULT;
        int attempts = file.execution()
                .flatMap(ConfigurationFile.Execution::attemptsAtOnce)
                .orElse(usual.attempts());
        return new EngineSettings(
                EngineSettings.DEFAULT.lanes(),
                new EngineSettings.Limits(attempts, usual.runs(), usual.launchThreads(), usual.commitBatch()),
                EngineSettings.DEFAULT.pace());
    }
}
