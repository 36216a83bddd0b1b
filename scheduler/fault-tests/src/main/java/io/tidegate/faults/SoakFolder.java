package io.tidegate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a soak keeps everything.
 *
 * @param root its folder
 * @param installation root of the Tidegate that is tested
 */
record SoakFolder(Path root, Path installation) {
    /** Makes the folders. */
    void make() throws IOException {
        Files.createDirectories(attempts());
        Files.createDirectories(dags());
        Files.createDirectories(root.resolve("flags"));
    }

    Path database() {
        return root.resolve("database");
    }

    /** What servers must find of each other's processes. */
    Path shared() {
        return root.resolve("shared");
    }

    Path attempts() {
        return shared().resolve("attempts");
    }

    Path dags() {
        return root.resolve("dags");
    }

    /** What steps write down of themselves. */
    Path ledger() {
        return root.resolve("ledger");
    }

    Path configuration() {
        return root.resolve("tidegate.yaml");
    }

    Path node(int number) {
        return root.resolve("home-" + number);
    }

    /** How many seconds a node's clock is off. */
    Path clock(int number) {
        return root.resolve("clock-" + number);
    }
}
