/**
 * Who is signed in to the web admin and at which merchant they look. Every view asks here for the
 * scope that it hands to the doors.
 */
package org.payhub.web.access;
