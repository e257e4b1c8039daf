package org.payhub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import org.payhub.provider.spi.Credentials;

/** The walls of the house: who may know whom, and what may not be done anywhere. */
@AnalyzeClasses(
        packages = "org.payhub",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.NotTheSimulator.class
        })
class ArchitectureTest {

    /** It stands on the tests' class path and keeps rules of its own. */
    static class NotTheSimulator implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("org/payhub/simulator");
        }
    }

    /** Packages of one provider each: everything below provider but the SPI and HTTP. */
    private static final DescribedPredicate<JavaClass> A_CONNECTOR =
            DescribedPredicate.describe(
                    "a provider's folder",
                    c ->
                            c.getPackageName().startsWith("org.payhub.provider.")
                                    && !c.getPackageName().startsWith("org.payhub.provider.spi")
                                    && !c.getPackageName().startsWith("org.payhub.provider.http"));

    @ArchTest
    static final ArchRule features_form_no_cycle =
            slices().matching("org.payhub.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule a_provider_knows_only_the_spi_http_money_and_platform =
            noClasses()
                    .that(A_CONNECTOR)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.payhub..")
                                    .and(
                                            DescribedPredicate.not(
                                                    resideInAnyPackage(
                                                            "org.payhub.money..",
                                                            "org.payhub.platform..",
                                                            "org.payhub.provider.spi..",
                                                            "org.payhub.provider.http..")))
                                    .and(DescribedPredicate.not(A_CONNECTOR)));

    @ArchTest
    static final ArchRule nobody_knows_a_provider =
            noClasses()
                    .that(DescribedPredicate.not(A_CONNECTOR))
                    .should()
                    .dependOnClassesThat(A_CONNECTOR);

    @ArchTest
    static final ArchRule providers_do_not_know_each_other =
            slices().matching("org.payhub.provider.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(),
                            resideInAnyPackage(
                                    "org.payhub.provider.spi..", "org.payhub.provider.http.."));

    @ArchTest
    static final ArchRule entities_never_leave_their_feature =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule a_providers_classes_are_its_own =
            classes().that(A_CONNECTOR).and().areTopLevelClasses().should().bePackagePrivate();

    @ArchTest
    static final ArchRule nothing_is_counted_in_floating_point =
            noFields()
                    .should()
                    .haveRawType(double.class)
                    .orShould()
                    .haveRawType(float.class)
                    .orShould()
                    .haveRawType(Double.class)
                    .orShould()
                    .haveRawType(Float.class);

    @ArchTest
    static final ArchRule time_comes_from_the_clock =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.payhub.platform..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(ZonedDateTime.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule business_is_free_of_http_and_faces =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.payhub.provider.http..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.net.http..",
                            "jakarta.ws.rs..",
                            "jakarta.faces..",
                            "jakarta.servlet..");

    @ArchTest
    static final ArchRule decimals_live_only_where_text_meets_money =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "org.payhub.money..", "org.payhub.report..", "org.payhub.provider..")
                    .and(
                            DescribedPredicate.describe(
                                    "do not carry a provider's rate as it was told",
                                    c ->
                                            !c.getPackageName().startsWith("org.payhub.transaction")
                                                    && !c.getPackageName()
                                                            .startsWith("org.payhub.payment")
                                                    && !c.getPackageName()
                                                            .startsWith("org.payhub.finance")))
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(BigDecimal.class);

    @ArchTest
    static final ArchRule entities_are_managed_in_doors_only =
            fields().that()
                    .haveRawType(EntityManager.class)
                    .should()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Stateless.class)
                    .orShould()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Singleton.class)
                    // A part of a door that passes entities; it works in the door's transaction.
                    .orShould()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Dependent.class);

    @ArchTest
    static final ArchRule nothing_vague_is_thrown =
            noClasses()
                    .should()
                    .callConstructorWhere(
                            DescribedPredicate.describe(
                                    "a bare exception is made",
                                    (JavaConstructorCall call) ->
                                            Set.of(
                                                                    RuntimeException.class
                                                                            .getName(),
                                                                    Exception.class.getName(),
                                                                    EJBException.class.getName())
                                                            .contains(
                                                                    call.getTargetOwner()
                                                                            .getFullName())
                                                    && !isSuperCall(call)));

    private static boolean isSuperCall(JavaConstructorCall call) {
        return call.getOrigin().isConstructor()
                && call.getOriginOwner()
                        .getRawSuperclass()
                        .map(s -> s.equals(call.getTargetOwner()))
                        .orElse(false);
    }

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Bean|Service|Facade)$");

    @ArchTest
    static final ArchRule doors_take_no_bags =
            methods()
                    .that()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Stateless.class)
                    .should(
                            new ArchCondition<JavaMethod>("take neither a Map nor an Object") {
                                @Override
                                public void check(JavaMethod method, ConditionEvents events) {
                                    boolean bag =
                                            method.getRawParameterTypes().stream()
                                                    .anyMatch(
                                                            t ->
                                                                    t.isEquivalentTo(Map.class)
                                                                            || t.isEquivalentTo(
                                                                                    Object.class));
                                    if (bag) {
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        method,
                                                        method.getFullName() + " takes a bag"));
                                    }
                                }
                            });

    @ArchTest
    static final ArchRule ejbs_are_public_because_the_container_needs_it =
            classes()
                    .that()
                    .areAnnotatedWith(Stateless.class)
                    .or()
                    .areAnnotatedWith(Singleton.class)
                    .should()
                    .bePublic();

    @ArchTest
    static final ArchRule secrets_cannot_be_printed =
            classes()
                    .that()
                    .belongToAnyOf(Credentials.class, org.payhub.provider.spi.Secret.class)
                    .should(
                            new ArchCondition<JavaClass>("have a toString of their own") {
                                @Override
                                public void check(JavaClass type, ConditionEvents events) {
                                    boolean own =
                                            type.getMethods().stream()
                                                    .anyMatch(
                                                            m ->
                                                                    m.getName().equals("toString")
                                                                            && !m.getModifiers()
                                                                                    .contains(
                                                                                            JavaModifier
                                                                                                    .SYNTHETIC));
                                    if (!own) {
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        type, type.getName() + " prints itself"));
                                    }
                                }
                            });

    /** The container's proxies are of another package: what they cannot see fails at the call. */
    @ArchTest
    static final ArchRule what_ejbs_take_and_give_is_public =
            methods()
                    .that()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat(
                            DescribedPredicate.describe(
                                    "are EJBs",
                                    c ->
                                            c.isAnnotatedWith(Stateless.class)
                                                    || c.isAnnotatedWith(Singleton.class)))
                    .should(
                            new ArchCondition<JavaMethod>("take and give public types") {
                                @Override
                                public void check(JavaMethod method, ConditionEvents events) {
                                    java.util.stream.Stream.concat(
                                                    method.getRawParameterTypes().stream(),
                                                    java.util.stream.Stream.of(
                                                            method.getRawReturnType()))
                                            .filter(t -> t.getName().startsWith("org.payhub"))
                                            .filter(
                                                    t ->
                                                            !t.getBaseComponentType()
                                                                    .getModifiers()
                                                                    .contains(JavaModifier.PUBLIC))
                                            .forEach(
                                                    t ->
                                                            events.add(
                                                                    SimpleConditionEvent.violated(
                                                                            method,
                                                                            method.getFullName()
                                                                                    + ": "
                                                                                    + t
                                                                                            .getName())));
                                }
                            });

    /** A proxy answers "not a business method" to anything that is not public. */
    @ArchTest
    static final ArchRule what_is_called_of_an_ejb_is_public =
            methods()
                    .that()
                    .areNotPublic()
                    .and()
                    .areNotPrivate()
                    .and()
                    .areNotStatic()
                    .and()
                    .areDeclaredInClassesThat(
                            DescribedPredicate.describe(
                                    "are EJBs",
                                    c ->
                                            c.isAnnotatedWith(Stateless.class)
                                                    || c.isAnnotatedWith(Singleton.class)))
                    .should(
                            new ArchCondition<JavaMethod>("be called by their own class only") {
                                @Override
                                public void check(JavaMethod method, ConditionEvents events) {
                                    method.getCallsOfSelf().stream()
                                            .filter(
                                                    call ->
                                                            !call.getOriginOwner()
                                                                    .equals(method.getOwner()))
                                            .forEach(
                                                    call ->
                                                            events.add(
                                                                    SimpleConditionEvent.violated(
                                                                            method,
                                                                            call
                                                                                    .getDescription())));
                                }
                            })
                    .allowEmptyShould(true);
}
