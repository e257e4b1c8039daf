package org.payhub.simulator.tiptoppay;

/**
 * A merchant's site with the keys of its interface, which are the same in test and live.
 *
 * @param live whether the site takes real money at present
 */
public record TiptoppaySite(
        String name, String currency, String publicId, String apiSecret, boolean live) {}
