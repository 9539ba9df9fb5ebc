/** Bringing a new database into the state that work begins with. */
@NullMarked
package io.github.dataspaces.prepare;

import org.jspecify.annotations.NullMarked;
