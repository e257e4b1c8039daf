/**
 * What people see, in a real browser: the main job as the owner and the client walk it, every page
 * of the admin in light and dark and on a phone, and what a session must not allow. Words are
 * compared with the bundle that the pages use; every visit fails on a page error, a refused
 * resource or a breach of the content security policy.
 */
package org.payhub.browser;
