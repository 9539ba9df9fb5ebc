package io.github.dataspaces.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What JUnit closes when it closes the store that holds it: up to 5.12 because it is a {@code
 * CloseableResource}, from 5.13 on because it is {@code AutoCloseable}.
 */
interface StoreEntry extends ExtensionContext.Store.CloseableResource, AutoCloseable {

  @Override
  void close();
}
