package org.payhub.web.integration;

import java.io.Serializable;

/** One line of the live proof. */
public record ProofLine(String state, int number, String title, String detail, String value)
        implements Serializable {}
