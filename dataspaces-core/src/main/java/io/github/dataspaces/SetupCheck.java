package io.github.dataspaces;

/**
 * One thing that {@code setup} looked at.
 *
 * @param what what it is
 * @param ok whether it is as it should be
 * @param detail what was found
 * @param remedy how to get what is missing; empty if nothing is
 */
public record SetupCheck(String what, boolean ok, String detail, String remedy) {}
