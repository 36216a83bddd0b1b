package io.tidegate.server.cli;

import io.tidegate.server.settings.Build;
import picocli.CommandLine.IVersionProvider;

/** Prints which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Tidegate " + Build.version()};
    }
}
