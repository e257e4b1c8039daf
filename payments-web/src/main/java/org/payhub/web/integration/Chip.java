package org.payhub.web.integration;

import java.io.Serializable;

/** One value of a filter: its words, how many rows it leaves, and the address that sets it. */
public record Chip(String value, String label, long count, boolean on, String url)
        implements Serializable {}
