package io.github.dataspaces.reset;

/**
 * A clone of a template that is ready to be swapped in.
 *
 * @param name its name until then
 * @param sequences reads its sequences; the connection stays when the database is given its name
 */
record Clone(String name, Sequences sequences) {}
