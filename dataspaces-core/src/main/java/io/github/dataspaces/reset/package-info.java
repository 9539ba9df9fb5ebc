/** Putting a dataspace back to a snapshot. */
@NullMarked
package io.github.dataspaces.reset;

import org.jspecify.annotations.NullMarked;
