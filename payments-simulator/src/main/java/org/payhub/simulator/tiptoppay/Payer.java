package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.OfferedCard;

/**
 * What happens when a client presses Pay: the merchant is asked, then the bank. The merchant's
 * answer is waited for outside every lock.
 */
final class Payer {

    /** How a try ended. */
    enum Outcome {
        SUCCEEDED,
        HELD,
        DECLINED,
        /** The merchant's answer to the question was not 0. */
        REFUSED,
        /** The client's bank wants a confirmation. */
        NEEDS_CONFIRMATION,
        NOT_POSSIBLE
    }

    /** The end of a try, with words for the client. */
    record Try(Outcome outcome, String message) {}

    /** One question and its answer, as the cabinet shows it. */
    record Asked(Instant at, String address, int status, String answer, long millis) {}

    private static final int KEPT = 500;

    private final World world;
    private final java.time.Clock clock;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Set<String> lost = new HashSet<>();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private volatile Duration patience = Duration.ofSeconds(30);

    Payer(World world, java.time.Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    /** How long the merchant's answer is waited for. */
    void patience(Duration longest) {
        patience = longest;
    }

    /** While on, the question never arrives. */
    void loseQuestions(boolean on) {
        synchronized (asked) {
            lost.clear();
            if (on) {
                lost.add("check");
            }
        }
    }

    List<Asked> asked() {
        synchronized (asked) {
            List<Asked> newestFirst = new ArrayList<>(asked);
            Collections.reverse(newestFirst);
            return newestFirst;
        }
    }

    void reset() {
        synchronized (asked) {
            asked.clear();
            lost.clear();
        }
        patience = Duration.ofSeconds(30);
    }

    /**
     * One try.
     *
     * @param again also on an order that is paid already: the provider does not forbid it
     */
    Try pay(String orderId, String typed, boolean again) {
        JsonObject order = world.order(orderId);
        String status = Json.need(order, "Status");
        if (!status.equals("Created") && !(again && status.equals("Paid"))) {
            return new Try(Outcome.NOT_POSSIBLE, "This page cannot be paid any more.");
        }
        Optional<TestCard> card = TestCard.byNumber(typed);
        if (card.isEmpty() && !OfferedCard.looksReal(typed)) {
            return new Try(Outcome.NOT_POSSIBLE, "Check the number of the card.");
        }
        boolean live = Json.flag(world.site(Json.need(order, "site")), "live");
        boolean genuine = card.isEmpty() || card.get() == TestCard.GENUINE;
        if (live != genuine) {
            return new Try(
                    Outcome.NOT_POSSIBLE,
                    live
                            ? "This site takes real money; a test card cannot pay here."
                            : "This site is in test mode; only test cards can pay here.");
        }
        TestCard used = card.orElse(TestCard.GENUINE);
        long number = Json.number(world.begin(orderId, used, live), "TransactionId");
        Optional<Try> refused = ask(number);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (used.secure) {
            world.waitForBank(number);
            return new Try(Outcome.NEEDS_CONFIRMATION, "");
        }
        return authorize(number, used);
    }

    /** The client answers the bank's page. */
    Try confirm(String orderId, boolean complete) {
        JsonObject order = world.order(orderId);
        if (Json.missing(order, "secure")) {
            return new Try(Outcome.NOT_POSSIBLE, "No bank waits for an answer.");
        }
        long number = Json.number(order, "secure");
        if (!complete) {
            world.decline(number, 5206, "AuthenticationFailed", "3-D Secure authentication failed");
            return new Try(Outcome.DECLINED, "Your bank did not confirm the payment.");
        }
        JsonObject transaction = world.findTransaction(number).orElseThrow();
        return authorize(number, TestCard.valueOf(Json.need(transaction, "card")));
    }

    private Try authorize(long number, TestCard card) {
        if (!card.succeeds) {
            world.decline(number, 5051, "InsufficientFunds", "Insufficient funds on account");
            return new Try(Outcome.DECLINED, "There is not enough money on the card.");
        }
        world.authorize(number);
        boolean held =
                "Authorized"
                        .equals(Json.need(world.findTransaction(number).orElseThrow(), "Status"));
        return new Try(held ? Outcome.HELD : Outcome.SUCCEEDED, "");
    }

    private Optional<Try> ask(long number) {
        JsonObject question = world.question(number);
        Delivery delivery = new Delivery(world, question);
        if (!delivery.stillWanted()) {
            return Optional.empty();
        }
        int code = answer(delivery);
        int reason =
                switch (code) {
                    case 0 -> 0;
                    case 10 -> 3001;
                    case 11 -> 3002;
                    case 12 -> 3003;
                    case 13 -> 3008;
                    case 20 -> 3004;
                    case UNREACHABLE -> 3007;
                    default -> 3005;
                };
        if (reason == 0) {
            return Optional.empty();
        }
        world.decline(number, reason, word(reason), message(reason));
        return Optional.of(new Try(Outcome.REFUSED, message(reason)));
    }

    private static final int UNREACHABLE = -2;

    private int answer(Delivery delivery) {
        boolean never;
        synchronized (asked) {
            never = lost.contains("check");
        }
        if (never) {
            note(delivery, 0, "Lost on purpose.", 0);
            return UNREACHABLE;
        }
        long began = System.nanoTime();
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(delivery.address())
                            .timeout(patience)
                            .method(
                                    delivery.method(),
                                    delivery.method().equals("GET")
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(
                                                    delivery.body()));
            delivery.headers(clock.instant()).forEach(request::header);
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String text = new String(response.body(), StandardCharsets.UTF_8);
            note(delivery, response.statusCode(), text, (System.nanoTime() - began) / 1_000_000);
            return response.statusCode() == 200 ? Delivery.code(text) : UNREACHABLE;
        } catch (IOException | IllegalArgumentException unreachable) {
            note(delivery, 0, "No answer.", (System.nanoTime() - began) / 1_000_000);
            return UNREACHABLE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return UNREACHABLE;
        }
    }

    private void note(Delivery delivery, int status, String answer, long millis) {
        synchronized (asked) {
            if (asked.size() == KEPT) {
                asked.removeFirst();
            }
            String shortened = answer.length() <= 200 ? answer : answer.substring(0, 200) + "…";
            asked.addLast(
                    new Asked(
                            clock.instant(),
                            delivery.address().toString().split("\\?TransactionId")[0],
                            status,
                            shortened,
                            millis));
        }
    }

    private static String word(int reason) {
        return switch (reason) {
            case 3001 -> "InvalidInvoiceId";
            case 3002 -> "InvalidAccountId";
            case 3003 -> "InvalidAmount";
            case 3004 -> "OutOfDate";
            case 3005 -> "FormatError";
            case 3007 -> "UnableToConnect";
            default -> "NotAccepted";
        };
    }

    private static String message(int reason) {
        return switch (reason) {
            case 3001 -> "The merchant does not know this order.";
            case 3002 -> "The merchant does not know this client.";
            case 3003 -> "The amount is not the one of the order.";
            case 3004 -> "This order is out of date.";
            case 3005, 3007 -> "The merchant cannot be reached; try again later.";
            default -> "The merchant does not take this payment.";
        };
    }
}
