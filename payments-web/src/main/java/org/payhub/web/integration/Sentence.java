package org.payhub.web.integration;

import java.io.Serializable;

/** What is true of an integration: the tone of its edge, what is said in bold, the evidence. */
public record Sentence(String tone, String says, String evidence) implements Serializable {}
