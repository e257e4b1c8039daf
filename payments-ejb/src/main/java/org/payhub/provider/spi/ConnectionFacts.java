package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Asset;

/**
 * What trying the credentials showed.
 *
 * @param livemode real money or not, where the credentials or the provider tell; empty: the first
 *     notification decides
 * @param accountKey the provider's id of the account, where it tells
 * @param accountName the account's name for people
 * @param settlementAssets what the account is paid out in (minimum amounts follow it)
 * @param missingRights rights that the key lacks, in the provider's words
 * @param warnings what a person should know, though connecting is possible
 */
public record ConnectionFacts(
        Optional<Boolean> livemode,
        Optional<String> accountKey,
        Optional<String> accountName,
        Set<Asset> settlementAssets,
        List<String> missingRights,
        List<String> warnings) {

    public ConnectionFacts {
        settlementAssets = Set.copyOf(settlementAssets);
        missingRights = List.copyOf(missingRights);
        warnings = List.copyOf(warnings);
    }
}
