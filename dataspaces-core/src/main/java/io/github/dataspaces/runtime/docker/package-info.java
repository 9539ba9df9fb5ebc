/** Servers in containers, through the Docker engine's API. */
@NullMarked
package io.github.dataspaces.runtime.docker;

import org.jspecify.annotations.NullMarked;
