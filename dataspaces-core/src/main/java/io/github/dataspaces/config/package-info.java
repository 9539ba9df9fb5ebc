/**
 * What a user asked for, validated once, and the one exception that tells what is wrong with it.
 */
@NullMarked
package io.github.dataspaces.config;

import org.jspecify.annotations.NullMarked;
