/** Looks into the EAR as it was built. */
package org.payhub.ear;
