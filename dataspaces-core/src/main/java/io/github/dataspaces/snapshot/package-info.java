/**
 * Snapshots: what is known of each, and the catalogue of them, which is always what is on the disk.
 */
@NullMarked
package io.github.dataspaces.snapshot;

import org.jspecify.annotations.NullMarked;
