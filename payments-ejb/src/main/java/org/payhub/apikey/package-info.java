/**
 * Keys by which other programs of a merchant use the interface. The web's key page makes and
 * revokes them; the authentication of {@code /api} asks whose key it was shown. Table {@code
 * api_key}. It protects that a key is known to nobody but the one it was shown to once.
 */
package org.payhub.apikey;
