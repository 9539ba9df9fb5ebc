/** What the tests share: homes that clean up after themselves, other processes, dumps. */
@NullMarked
package io.github.dataspaces.testkit;

import org.jspecify.annotations.NullMarked;
