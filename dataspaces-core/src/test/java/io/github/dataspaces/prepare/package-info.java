/** Tests of how databases are filled. */
@NullMarked
package io.github.dataspaces.prepare;

import org.jspecify.annotations.NullMarked;
