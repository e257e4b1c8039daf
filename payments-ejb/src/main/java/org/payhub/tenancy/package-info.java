/**
 * Who is asking and for whom: merchant, location and user ids, roles and rights, and the scope that
 * every door takes. A leaf, so that audit, merchant and access need not know each other.
 */
package org.payhub.tenancy;
