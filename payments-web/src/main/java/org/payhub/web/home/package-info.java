/**
 * The first page: sums that lead to their lists, what waits for the person, the next visits, the
 * connections, and for a newcomer the first steps. And the search over everything.
 */
package org.payhub.web.home;
