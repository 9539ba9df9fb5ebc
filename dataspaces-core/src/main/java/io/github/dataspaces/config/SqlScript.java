package io.github.dataspaces.config;

/**
 * A script of SQL statements, read once: its content, not its place, decides whether prepared state
 * can be reused.
 *
 * @param name where it came from, for messages
 * @param sql the statements
 */
public record SqlScript(String name, String sql) {}
