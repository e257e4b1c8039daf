package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.finance.FinanceRecorder;
import org.payhub.finance.RecordingContext;
import org.payhub.finance.RecordingResult;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Balance;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerCheck;
import org.payhub.ledger.LedgerFilter;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.tenancy.Actor;
import org.payhub.unmatched.UnmatchedFilter;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.Visits;

/** Tests that tell the books on the real database what happened, each for a merchant of its own. */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
abstract class BooksInContainer {

    /** Named wherever chance decides, so that a failure can be seen again. */
    static final long SEED = 20_261_121L;

    @Inject Merchants merchants;
    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject CheckoutRecords records;
    @Inject Payments payments;
    @Inject FinanceRecorder recorder;
    @Inject UnmatchedMoney unmatched;
    @Inject Ledger ledger;
    @Inject LedgerCheck check;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    PreparedInContainer prepared;

    @BeforeEach
    void prepare() throws SQLException {
        prepared = new PreparedInContainer(merchants, visits, links, records, dataSource);
    }

    /** Tells as a webhook does. */
    final RecordingResult tell(ProviderEvent... events) {
        return tell(prepared.integration(), false, events);
    }

    /** Tells as an object that was read at the provider. */
    final RecordingResult tellRead(ProviderEvent... events) {
        return tell(prepared.integration(), true, events);
    }

    final RecordingResult tell(IntegrationId integration, boolean read, ProviderEvent... events) {
        RecordingContext context =
                new RecordingContext(
                        integration,
                        prepared.scope().merchant(),
                        false,
                        Optional.empty(),
                        read,
                        Actor.system("test"));
        return UnitOfWork.run(() -> recorder.record(context, List.of(events)));
    }

    /** The reports in an order of chance, one of them twice. */
    static <E> List<E> shuffled(List<? extends E> reports, Random random) {
        List<E> told = new ArrayList<>(reports);
        told.add(told.get(random.nextInt(told.size())));
        Collections.shuffle(told, random);
        return told;
    }

    /** The accounts that are not at zero, by their words. */
    final Map<String, String> balances(LedgerFilter filter) {
        return balances(filter, balance -> balance.account().word());
    }

    final Map<String, String> balances(LedgerFilter filter, Function<Balance, String> name) {
        Map<String, String> balances = new TreeMap<>();
        for (Balance balance : ledger.balances(prepared.scope(), filter)) {
            if (!balance.amount().isZero()) {
                balances.put(name.apply(balance), balance.amount().toDecimal());
            }
        }
        return balances;
    }

    final void booksAreSound() {
        assertThat(check.drift()).isEmpty();
    }

    /** The merchant's money that waits for a person. */
    final List<UnmatchedRow> waiting() {
        return unmatched
                .page(
                        prepared.scope(),
                        UnmatchedFilter.open(),
                        PageRequest.first(PageRequest.LARGEST))
                .items();
    }

    static void refusedFor(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
