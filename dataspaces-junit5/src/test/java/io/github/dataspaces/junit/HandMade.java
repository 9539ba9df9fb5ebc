package io.github.dataspaces.junit;

import org.postgresql.ds.PGSimpleDataSource;

/** A data source that a user made. */
@SuppressWarnings("serial")
final class HandMade extends PGSimpleDataSource {}
