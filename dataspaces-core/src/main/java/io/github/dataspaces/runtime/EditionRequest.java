package io.github.dataspaces.runtime;

import io.github.dataspaces.flavour.Flavour;
import java.util.Optional;

/**
 * What the user asked to run.
 *
 * @param flavour the engine
 * @param version as written; empty for whichever is at hand
 * @param image the image, where one was named
 */
public record EditionRequest(Flavour flavour, String version, Optional<String> image) {}
