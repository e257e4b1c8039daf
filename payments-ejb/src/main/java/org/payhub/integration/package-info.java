/**
 * A merchant's links to providers: connecting, the sealed credentials, the states that a card
 * shows, pausing, rotating and leaving. Called by the marketplace, the REST interface, the webhook
 * intake and everything that calls a provider. Tables: integration, integration_location,
 * integration_credential, webhook_refusal, connect_draft.
 *
 * <p>Invariant: a secret is stored sealed and bound to its row, and is never shown again; an
 * integration is green only after a genuine signed event of its provider arrived.
 */
package org.payhub.integration;
