package org.payhub.merchant;

import java.time.ZoneId;
import org.payhub.money.Asset;
import org.payhub.tenancy.LocationId;

/** A place of a business as others see it; its currency and time zone rule its visits. */
public record LocationRow(
        LocationId id, String name, Asset currency, ZoneId zone, boolean isDefault) {}
