package io.tidegate.server.openlineage;

import io.openlineage.client.OpenLineage;
import io.tidegate.scheduler.view.RunViews.UseView;
import java.net.URI;

/** The custom facet {@code tidegate_dataClass}: what Tidegate knows of a dataset beyond OpenLineage. Its schema lies beside this class. */
final class DataClassFacet extends OpenLineage.DefaultDatasetFacet {
    static final String NAME = "tidegate_dataClass";
    static final URI SCHEMA =
            URI.create("https://tidegate.io/openlineage/1-0-0/DataClassDatasetFacet.json#/$defs/DataClassDatasetFacet");

    private DataClassFacet(URI producer) {
        super(producer, null);
    }

    static DataClassFacet of(URI producer, String dag, UseView use) {
        DataClassFacet facet = new DataClassFacet(producer);
        facet.getAdditionalProperties().put("dataClass", use.dataClass().toLowerCase(java.util.Locale.ROOT));
        facet.getAdditionalProperties().put("dag", dag);
        facet.getAdditionalProperties().put("dataset", use.dataset());
        if (!use.partition().isEmpty()) {
            facet.getAdditionalProperties().put("partition", use.partition());
        }
        use.fingerprint().ifPresent(print -> facet.getAdditionalProperties().put("fingerprint", print));
        return facet;
    }

    @Override
    public URI get_schemaURL() {
        return SCHEMA;
    }
}
