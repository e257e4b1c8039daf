package org.payhub.web.shared;

import java.io.Serializable;

/**
 * Something was done in a dialog; the page behind it observes this and reads its rows anew.
 *
 * @param what the outside id of what was changed
 */
public record Changed(String what) implements Serializable {}
