/** Resets of running servers, tried on real ones. */
@NullMarked
package io.github.dataspaces.reset;

import org.jspecify.annotations.NullMarked;
