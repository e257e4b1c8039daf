/**
 * People: how they get in, what they are at which merchant, and up to which amount they move money
 * alone. The web's log-in and its people page call it; every door is given the scope that it makes.
 * Tables {@code hub_user}, {@code membership}, {@code membership_location}, {@code setup_link} and
 * {@code login_failure}. It protects that nobody gains a right which someone with that right did
 * not give, and that every merchant keeps an owner.
 */
package org.payhub.access;
