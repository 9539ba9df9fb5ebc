/** Measurements of what dataspaces promises. */
@NullMarked
package io.github.dataspaces.benchmarks;

import org.jspecify.annotations.NullMarked;
