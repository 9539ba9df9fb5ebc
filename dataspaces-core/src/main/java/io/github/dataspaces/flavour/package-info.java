/** What is true of a database engine, whatever runs it: one class per engine. */
@NullMarked
package io.github.dataspaces.flavour;

import org.jspecify.annotations.NullMarked;
