/**
 * The folder on disk that everything is kept in: its paths, its locks, and how things are published
 * in it.
 */
@NullMarked
package io.github.dataspaces.home;

import org.jspecify.annotations.NullMarked;
