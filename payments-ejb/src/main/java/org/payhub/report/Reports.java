package org.payhub.report;

import jakarta.ejb.Stateless;
import java.io.OutputStream;

/** Writes files for accountants. */
@Stateless
public class Reports {

    /** For the container. */
    public Reports() {}

    /** Streams the file; no row is left out and none is held in memory. */
    public ReportFacts write(ReportQuery query, OutputStream out) {
        throw new UnsupportedOperationException();
    }
}
