package org.payhub.web.integration;

import org.payhub.integration.IntegrationDetail;

/** A dialog changed an integration; the page behind it shows it anew. */
public record IntegrationChanged(IntegrationDetail detail) {}
