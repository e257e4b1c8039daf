package org.payhub.report;

/**
 * What was written, so that a cut file shows.
 *
 * @param rows without the header
 * @param sha256 of all bytes, in lower-case hex
 */
public record ReportFacts(long rows, String sha256) {}
