package io.github.dataspaces.storage;

/**
 * How a copy was made.
 *
 * @param cloner what made it, for example {@code reflink}
 * @param size the bytes of its files
 * @param taken the bytes it really took on the disk. For copies that share blocks it is what the
 *     file system's free space fell by, so others that write at the same moment blur it; it is
 *     never more than the size
 */
public record CloneReport(String cloner, long size, long taken) {}
