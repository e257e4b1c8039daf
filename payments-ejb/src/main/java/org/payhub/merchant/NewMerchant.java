package org.payhub.merchant;

/**
 * A business that begins to use the hub, with its first location.
 *
 * @param currency ISO 4217 code of what it charges in
 * @param timeZone IANA name, {@code Europe/Madrid}
 */
public record NewMerchant(String name, String locationName, String currency, String timeZone) {}
