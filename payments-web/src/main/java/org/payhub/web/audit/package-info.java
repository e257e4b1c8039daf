/**
 * The audit for people's eyes: the list, and the file that the offline verifier reads. Called by
 * owners and auditors; reads through the audit's door and keeps nothing of its own.
 */
package org.payhub.web.audit;
