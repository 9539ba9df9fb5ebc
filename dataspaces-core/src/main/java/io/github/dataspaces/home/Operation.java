package io.github.dataspaces.home;

/**
 * What is being done to an entry, and what whoever finds it unfinished needs to know to clean up.
 *
 * @param description in the user's words, for example {@code the snapshot 'seeded'}
 * @param resume whether the server ran before and has to run again if this is never finished
 * @param port the port that is set aside for it; 0 for none
 * @param runtime whose user owns the files that are being made
 * @param source the image or artifact that makes them
 */
public record Operation(
    String description, boolean resume, int port, String runtime, String source) {}
