package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Asset;

/**
 * What the catalogue says about a provider.
 *
 * @param code lower case, unique, part of addresses and of the setting {@code
 *     PAYHUB_<CODE>_API_BASE}
 * @param name how the provider writes itself
 * @param summary one sentence for the catalogue (a bundle key is {@code provider.<code>.summary})
 * @param credentialFields what the merchant types, in order
 * @param assets what it can charge
 * @param methods what clients pay with: {@code card}, {@code apple_pay}, … (search finds these)
 * @param countries ISO codes of merchants' countries, empty where unknown
 * @param hosts addresses that the pay page may send a client to ({@code https://…}), for the
 *     content security policy
 * @param setupMinutes how long connecting takes
 * @param notice what the owner has to read and confirm before connecting, in English (a bundle key
 *     is {@code provider.<code>.notice}); empty where nothing is special
 */
public record ProviderProfile(
        String code,
        String name,
        String summary,
        List<CredentialField> credentialFields,
        Set<Asset> assets,
        List<String> methods,
        List<String> countries,
        List<String> hosts,
        int setupMinutes,
        Optional<String> notice) {

    /** A profile without a notice. */
    public ProviderProfile(
            String code,
            String name,
            String summary,
            List<CredentialField> credentialFields,
            Set<Asset> assets,
            List<String> methods,
            List<String> countries,
            List<String> hosts,
            int setupMinutes) {
        this(
                code,
                name,
                summary,
                credentialFields,
                assets,
                methods,
                countries,
                hosts,
                setupMinutes,
                Optional.empty());
    }

    public ProviderProfile {
        credentialFields = List.copyOf(credentialFields);
        assets = Set.copyOf(assets);
        methods = List.copyOf(methods);
        countries = List.copyOf(countries);
        hosts = List.copyOf(hosts);
    }
}
