/**
 * Putting back a running MySQL or MariaDB: what its binary log says was written is taken back, row
 * by row.
 */
@NullMarked
package io.github.dataspaces.reset.mysql;

import org.jspecify.annotations.NullMarked;
