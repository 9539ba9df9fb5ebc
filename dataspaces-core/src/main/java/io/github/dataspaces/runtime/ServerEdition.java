package io.github.dataspaces.runtime;

/**
 * Exactly what is run.
 *
 * @param source the image's reference or the artifact's file name: what the user knows it by
 * @param contentId changes whenever what is run changes: the image's id, or the unpacked artifact's
 *     folder
 * @param version as the flavour counts, for example {@code 17}, {@code 17.11}
 */
public record ServerEdition(String source, String contentId, String version) {}
