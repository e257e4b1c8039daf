/**
 * Which providers there are: finds the connectors that the installation holds, by their code. The
 * rest of the hub asks here and never names a provider.
 */
package org.payhub.provider;
