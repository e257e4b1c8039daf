/**
 * What every feature stands on: errors, the clock, identifiers, bounded paging, settings, the data
 * source and the migration of the schema. Depends on the JDK and Jakarta only.
 */
package org.payhub.platform;
