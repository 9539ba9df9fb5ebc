/** The Maven goals: each says what it takes and hands it to the facade, which does the work. */
@NullMarked
package io.github.dataspaces.maven;

import org.jspecify.annotations.NullMarked;
