/**
 * The REST interface for booking systems, {@code /api/v1}. Each resource reads its input by name,
 * calls one door with the caller's scope, and writes names that do not change: {@code openapi.yaml}
 * describes them, {@link org.payhub.web.api.JsonOut} is the one place that spells them. No rule of
 * the business stands here.
 */
package org.payhub.web.api;
