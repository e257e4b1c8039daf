package org.payhub.withdrawal;

import java.io.Serializable;
import java.time.Instant;
import org.payhub.money.Asset;

/** An address to which money may be sent. */
public record AddressRow(
        AddressId id, Asset asset, String address, String name, String addedBy, Instant addedAt)
        implements Serializable {}
