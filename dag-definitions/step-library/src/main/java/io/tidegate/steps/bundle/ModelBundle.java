package io.tidegate.steps.bundle;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;

/**
 * A model version in a folder: {@code pipeline/} as Spark ML saves it, and {@value BundleManifest#NAME} with the SHA-256 of each file in
 * it. The fingerprint of a bundle is the SHA-256 of its manifest, and so covers all of it. Bundles never change.
 */
public final class ModelBundle {
    private static final String PIPELINE = "pipeline";

    private final String uri;
    private final BundleManifest manifest;
    private final String fingerprint;

    private ModelBundle(String uri, BundleManifest manifest, String fingerprint) {
        this.uri = uri;
        this.manifest = manifest;
        this.fingerprint = fingerprint;
    }

    /**
     * Opens a bundle after checking every file of it.
     *
     * @throws StepFailure when it is not there, or not what its manifest says
     */
    public static ModelBundle open(Storage storage, String uri) {
        String manifestFile = uri + "/" + BundleManifest.NAME;
        if (!storage.exists(manifestFile)) {
            throw new StepFailure(
                    "there is no model bundle at " + uri + ": its " + BundleManifest.NAME + " is missing");
        }
        String json = storage.read(manifestFile);
        BundleManifest manifest = BundleManifest.fromJson(json, manifestFile);
        Map<String, String> there = digests(storage, uri);
        manifest.files().forEach((name, digest) -> {
            String found = there.remove(name);
            if (found == null) {
                throw damaged(uri, name, "is missing");
            }
            if (!found.equals(digest)) {
                throw damaged(uri, name, "has changed: it is " + found + " and was " + digest);
            }
        });
        if (!there.isEmpty()) {
            throw damaged(uri, there.keySet().iterator().next(), "was added");
        }
        return new ModelBundle(uri, manifest, Storage.digestOf(json));
    }

    /**
     * Writes a bundle whole: beside its place first, then in by one rename, over what an earlier try of the same attempt left.
     *
     * @param launchKey the attempt that writes it
     */
    public static ModelBundle write(
            Storage storage, String uri, PipelineModel pipeline, BundleManifest described, String launchKey) {
        String prepared = Storage.beside(uri, "new", launchKey);
        storage.delete(prepared);
        try {
            pipeline.write().save(prepared + "/" + PIPELINE);
        } catch (IOException e) {
            throw new StepFailure("the model cannot be saved at " + prepared + ": " + e, e);
        }
        BundleManifest manifest = described.withFiles(digests(storage, prepared));
        String json = manifest.toJson();
        storage.write(prepared + "/" + BundleManifest.NAME, json);
        storage.replace(prepared, uri, launchKey);
        return new ModelBundle(uri, manifest, Storage.digestOf(json));
    }

    /** Folder of the bundle. */
    public String uri() {
        return uri;
    }

    public BundleManifest manifest() {
        return manifest;
    }

    /** SHA-256 of the manifest, as {@code sha256:} and hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Loads the pipeline into the running Spark session. */
    public PipelineModel pipeline() {
        return PipelineModel.load(uri + "/" + PIPELINE);
    }

    private static Map<String, String> digests(Storage storage, String uri) {
        Map<String, String> digests = new TreeMap<>();
        for (Storage.StoredFile file : storage.files(uri)) {
            if (!file.name().equals(BundleManifest.NAME)) {
                digests.put(file.name(), storage.digest(file.path().toString()));
            }
        }
        return digests;
    }

    private static StepFailure damaged(String uri, String name, String fault) {
        return new StepFailure("the model bundle " + uri + " is damaged: the file " + name + " " + fault
                + ". Publish another version, or train again");
    }
}
