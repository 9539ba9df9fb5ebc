/** Tests of what the invoker projects in {@code src/it} would be too slow or too blind to show. */
@NullMarked
package io.github.dataspaces.maven;

import org.jspecify.annotations.NullMarked;
