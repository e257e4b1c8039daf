/**
 * TipTop Pay, imitated: orders with a page to pay on, the question before each charge, operations,
 * signed notifications, and the cabinet in which a site's keys, mode and addresses stand.
 */
package org.payhub.simulator.tiptoppay;
