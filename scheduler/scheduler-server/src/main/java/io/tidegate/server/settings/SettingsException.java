package io.tidegate.server.settings;

/** What the server was told makes no sense; the message is for the user and says where. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
