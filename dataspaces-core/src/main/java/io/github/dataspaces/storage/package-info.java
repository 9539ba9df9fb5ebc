/**
 * Folders of files of a stopped server: cloned by the cheapest means the file system has, measured,
 * removed.
 */
@NullMarked
package io.github.dataspaces.storage;

import org.jspecify.annotations.NullMarked;
