/** Dumps and scripts as they lie in files: nothing here knows a database. */
@NullMarked
package io.github.dataspaces.dump;

import org.jspecify.annotations.NullMarked;
