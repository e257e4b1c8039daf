package org.payhub.provider.spi;

/** A step of an integration's proof that is seen by us, not asserted by a person. */
public enum ProofStep {
    /** The provider asked before it charged, and was answered ({@link PrecheckAnswering}). */
    PRECHECK,
    /** The smallest payment was made and verified. */
    PAYMENT,
    /** It was given back through the provider. */
    REFUND
}
