/**
 * What every page stands on: texts of the reader's language, amounts and times as people write
 * them, the words, icons and tones of states, the frame around the pages, and the one place where a
 * refusal becomes a message beside the field it is about. Reads doors, keeps no data.
 */
package org.payhub.web.shared;
