package org.payhub.simulator.tropipay;

/**
 * A merchant's account and what it connects with.
 *
 * @param id the account's user id
 * @param currency what payments arrive in
 */
public record TropipayAccount(
        String id, String name, String currency, String clientId, String clientSecret) {

    @Override
    public String toString() {
        return "TropipayAccount[" + id + " " + name + "]";
    }
}
