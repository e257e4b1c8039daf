package org.payhub.payment;

import java.util.Locale;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkId;
import org.payhub.money.Asset;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.Scope;

/**
 * A client, or a booking system for one, wants to pay through a link.
 *
 * @param scope whose call it is; empty for the pay page, where the token is the permission
 * @param provider the provider's code; it may be empty where an integration is named
 * @param asset what is to be paid, where the provider takes several things for the visit's
 *     currency; empty: what there is, when that is one
 * @param holdOnly hold the money and take it later
 */
public record OpenCheckoutCommand(
        Optional<String> token,
        Optional<LinkId> link,
        Optional<Scope> scope,
        String provider,
        Optional<IntegrationId> integration,
        Optional<Asset> asset,
        boolean holdOnly,
        Locale locale,
        Actor actor) {

    /** From the pay page. */
    public static OpenCheckoutCommand byToken(
            String token, String provider, Locale locale, Actor client) {
        return new OpenCheckoutCommand(
                Optional.of(token),
                Optional.empty(),
                Optional.empty(),
                provider,
                Optional.empty(),
                Optional.empty(),
                false,
                locale,
                client);
    }

    /** From a booking system. */
    public static OpenCheckoutCommand byLink(
            Scope scope, LinkId link, String provider, Locale locale) {
        return new OpenCheckoutCommand(
                Optional.empty(),
                Optional.of(link),
                Optional.of(scope),
                provider,
                Optional.empty(),
                Optional.empty(),
                false,
                locale,
                scope.actor());
    }

    public OpenCheckoutCommand at(IntegrationId chosen) {
        return new OpenCheckoutCommand(
                token, link, scope, provider, Optional.of(chosen), asset, holdOnly, locale, actor);
    }

    public OpenCheckoutCommand holding() {
        return new OpenCheckoutCommand(
                token, link, scope, provider, integration, asset, true, locale, actor);
    }

    /** To be paid in that asset, at the rate that is offered for it. */
    public OpenCheckoutCommand charging(Asset chosen) {
        return new OpenCheckoutCommand(
                token,
                link,
                scope,
                provider,
                integration,
                Optional.of(chosen),
                holdOnly,
                locale,
                actor);
    }
}
