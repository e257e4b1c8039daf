/**
 * What {@code /health/ready} and {@code /health/live} know beyond the server itself. Asked by the
 * launcher, by proxies and by whoever watches over the installation; it reads no table and changes
 * nothing. The invariant it protects: whoever was told "ready" can start to work.
 */
package org.payhub.web.health;
