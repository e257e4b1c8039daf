/**
 * The front desk's pages: the visits of a day, one visit with its money and history, a new visit,
 * and the payment link. Called by Faces; asks the doors of visit, link, payment and timeline.
 */
package org.payhub.web.visit;
