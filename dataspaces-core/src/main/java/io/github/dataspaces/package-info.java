/**
 * The facade: everything a user can do, and the one place that names implementations. {@link
 * io.github.dataspaces.Dataspaces} is where to begin.
 */
@NullMarked
package io.github.dataspaces;

import org.jspecify.annotations.NullMarked;
