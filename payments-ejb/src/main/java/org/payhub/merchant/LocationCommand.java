package org.payhub.merchant;

/**
 * What a location is to be: its name, the currency it charges in (ISO 4217) and its time zone
 * (IANA).
 */
public record LocationCommand(String name, String currency, String timeZone) {}
