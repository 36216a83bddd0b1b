package io.tidegate.server.sensor;

/** The words between who builds the condition of a sensor and who looks for it; they are kept with attempts and never change. */
public final class Conditions {
    public static final String SQL = "sql";
    public static final String HTTP = "http";
    public static final String DAG = "dag";
    public static final String TIME = "time";

    public static final String CONNECTION = "connection";
    public static final String QUERY = "query";
    /** The values of the query, as a JSON list of texts. */
    public static final String VALUES = "values";

    public static final String URL = "url";
    public static final String STATUS = "status";
    public static final String CONDITION = "condition";
    public static final String INTERVAL_START = "interval_start";
    public static final String AT = "at";

    private Conditions() {}
}
