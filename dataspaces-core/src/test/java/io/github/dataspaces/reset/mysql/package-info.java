/** Resets of running MySQL and MariaDB servers, tried on real ones. */
@NullMarked
package io.github.dataspaces.reset.mysql;

import org.jspecify.annotations.NullMarked;
