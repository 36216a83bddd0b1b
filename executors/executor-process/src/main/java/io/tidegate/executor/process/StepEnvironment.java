package io.tidegate.executor.process;

import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables a program starts with: a few of the server's, those of the step, and where its files are. Nothing else leaks. */
final class StepEnvironment {
    /** The server's own variables that steps inherit. No credential of the server is among them. */
    static final List<String> INHERITED =
            List.of("PATH", "HOME", "LANG", "TZ", "JAVA_HOME", "SPARK_HOME", "TMPDIR", "USER");

    private StepEnvironment() {}

    static Map<String, String> of(
            LaunchRequest request,
            InstallationId installation,
            AttemptFolder folder,
            Map<String, String> serverEnvironment) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : INHERITED) {
            String value = serverEnvironment.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        // Without a locale, programs in Java and old Python read arguments as ASCII.
        if (Set.of("", "C", "POSIX").contains(environment.getOrDefault("LANG", ""))) {
            environment.put("LANG", "C.UTF-8");
        }
        environment.putAll(request.environment());
        environment.put("TIDEGATE_OUTPUT", folder.report().toString());
        environment.put("TIDEGATE_SPECIFICATION", folder.specification().toString());
        environment.put(ProcessTable.LAUNCH_KEY_VARIABLE, request.key().value());
        environment.put(ProcessTable.INSTALLATION_VARIABLE, installation.value());
        return environment;
    }
}
