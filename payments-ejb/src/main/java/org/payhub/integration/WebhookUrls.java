package org.payhub.integration;

/** Where the provider sends webhooks: the integration's own address, and the one for all. */
public record WebhookUrls(String keyed, String bare) {}
