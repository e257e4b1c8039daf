package org.payhub.web.integration;

import java.io.Serializable;
import java.util.List;
import org.payhub.provider.http.ProviderCalls;

/**
 * How our calls of the last 24 hours went.
 *
 * @param failed those without an answer that counts
 * @param bars one per hour, the oldest first
 */
public record CallsOfDay(long all, long failed, List<Bar> bars) implements Serializable {

    public CallsOfDay {
        bars = List.copyOf(bars);
    }

    /**
     * One hour.
     *
     * @param height of the largest hour, in per cent
     */
    public record Bar(int height, boolean failed) implements Serializable {}

    static CallsOfDay none() {
        return new CallsOfDay(0, 0, List.of());
    }

    static CallsOfDay of(List<ProviderCalls.Hour> hours) {
        long most = hours.stream().mapToLong(ProviderCalls.Hour::all).max().orElse(0);
        return new CallsOfDay(
                hours.stream().mapToLong(ProviderCalls.Hour::all).sum(),
                hours.stream().mapToLong(ProviderCalls.Hour::failed).sum(),
                hours.stream()
                        .map(
                                hour ->
                                        new Bar(
                                                most == 0 ? 0 : (int) (hour.all() * 100 / most),
                                                hour.failed() > 0))
                        .toList());
    }

    /** Answered calls in tenths of a per cent, as people write it. */
    public String share() {
        if (all == 0) {
            return "–";
        }
        long tenths = (all - failed) * 1000 / all;
        return tenths % 10 == 0 ? tenths / 10 + " %" : tenths / 10 + "." + tenths % 10 + " %";
    }
}
