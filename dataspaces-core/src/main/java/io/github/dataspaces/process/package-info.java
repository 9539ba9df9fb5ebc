/** Native programs: how they are found, run and, where they are missing, got. */
@NullMarked
package io.github.dataspaces.process;

import org.jspecify.annotations.NullMarked;
