/**
 * Files for accountants with fixed, versioned columns, streamed without a cap. Pages, interfaces
 * and schedules use the same writer. Reads the tables of money and writes none. It protects: exact
 * amounts, cells that no spreadsheet runs as a formula, and a cut file that shows.
 */
package org.payhub.report;
