/** What runs a database server: a native process or a container. */
@NullMarked
package io.github.dataspaces.runtime;

import org.jspecify.annotations.NullMarked;
