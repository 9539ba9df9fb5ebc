/**
 * A real database for JUnit tests, rolled back before each of them. {@link
 * io.github.dataspaces.junit.Dataspace} is where to begin; {@link
 * io.github.dataspaces.junit.DataspaceExtension} is the same as a field.
 */
@NullMarked
package io.github.dataspaces.junit;

import org.jspecify.annotations.NullMarked;
