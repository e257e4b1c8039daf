package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.money.Asset;
import org.payhub.provider.spi.ProviderRefused;

class AlppayAddressesTest {

    private static final Asset ON_TRON = Asset.of("USDT:tron");
    private static final Asset ON_ETHEREUM = Asset.of("USDC:ethereum");
    private static final String TRON = "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n";

    private static ProviderRefused refusal(Asset asset, String address) {
        return catchThrowableOfType(
                ProviderRefused.class, () -> AlppayAddresses.require(asset, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"})
    void an_address_on_tron_is_taken(String address) {
        assertThat(AlppayAddresses.require(ON_TRON, " " + address + "\n")).isEqualTo(address);
    }

    @Test
    void every_typing_error_of_one_letter_in_an_address_on_tron_is_found() {
        for (int i = 1; i < TRON.length(); i++) {
            char other = TRON.charAt(i) == 'a' ? 'b' : 'a';
            String mistyped = TRON.substring(0, i) + other + TRON.substring(i + 1);

            assertThat(refusal(ON_TRON, mistyped).field()).as(mistyped).contains("address");
        }
    }

    /** The examples of EIP-55. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x27b1fdb04752bbc536007a920d24acb045561c26"
            })
    void an_address_on_ethereum_is_taken_and_spelt_with_its_checksum(String address) {
        assertThat(AlppayAddresses.require(ON_ETHEREUM, address)).isEqualToIgnoringCase(address);
        assertThat(
                        AlppayAddresses.require(
                                ON_ETHEREUM, "0x" + address.substring(2).toLowerCase(Locale.ROOT)))
                .isEqualTo(AlppayAddresses.require(ON_ETHEREUM, address));
    }

    @Test
    void a_letter_in_the_wrong_case_on_ethereum_is_a_typing_error() {
        String wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

        assertThat(refusal(ON_ETHEREUM, wrong).getMessage()).contains("typing error");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "USDT:tron, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "USDC:ethereum, TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n",
                "USDC:ethereum, 0x0000000000000000000000000000000000000000",
                "USDC:ethereum, 5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "USDC:ethereum, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "USDC:ethereum, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
                "USDT:tron, ''",
                "USDT:tron, null",
                "USDT:tron, T",
                "USDT:tron, 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
                "USDT:tron, T1111111111111111111111111111111111",
                "USDT:tron, TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4nTPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n",
                "BTC:bitcoin, 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
                "TON:ton, EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2",
            })
    void an_address_of_another_network_or_of_none_is_refused(String asset, String address) {
        assertThat(refusal(Asset.of(asset), address)).isNotNull();
    }

    @Test
    void keccak_is_the_one_that_ethereum_uses() {
        assertThat(HexFormat.of().formatHex(Keccak256.of(new byte[0])))
                .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assertThat(
                        HexFormat.of()
                                .formatHex(Keccak256.of("abc".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    }
}
