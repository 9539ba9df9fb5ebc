/** Servers as native processes of this machine, from binaries that are Maven artifacts. */
@NullMarked
package io.github.dataspaces.runtime.embedded;

import org.jspecify.annotations.NullMarked;
