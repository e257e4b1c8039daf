/**
 * The businesses that use the hub and the places they have: a location owns currency and time zone.
 * Everybody else calls it for names, zones and the key that seals a merchant's stored bodies.
 * Tables {@code merchant} and {@code location}. It protects that every merchant has exactly one
 * default location and a data key of its own.
 */
package org.payhub.merchant;
