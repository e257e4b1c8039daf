/**
 * What every imitated provider needs: routing over the JDK's HTTP server, form and JSON reading,
 * HMACs, fault switches, a queue that sends webhooks badly on demand, a state file and plain HTML.
 * Nothing here knows a provider's name; a provider is one package beside this one that implements
 * {@link org.payhub.simulator.kit.Provider}.
 */
package org.payhub.simulator.kit;
