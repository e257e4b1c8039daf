package org.payhub.ledger;

import java.io.Serializable;
import org.payhub.money.Money;

/** What an account holds of one asset, debit positive. */
public record Balance(LedgerAccount account, Money amount) implements Serializable {}
