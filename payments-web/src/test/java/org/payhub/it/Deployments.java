package org.payhub.it;

import java.io.File;
import java.util.Arrays;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The one deployment: the WAR as it was built, with the tests' classes added for those that run in
 * the server.
 */
@ArquillianSuiteDeployment
public class Deployments {

    /** Libraries that in-container tests use. */
    private static final String[] LIBRARIES = {
        "assertj-core", "byte-buddy", "awaitility", "hamcrest"
    };

    /** For Arquillian. */
    public Deployments() {}

    /** The WAR under test. */
    @Deployment
    public static WebArchive war() {
        WebArchive war =
                ShrinkWrap.create(ZipImporter.class, "payments-web.war")
                        .importFrom(new File("target/payments-web.war"))
                        .as(WebArchive.class);
        for (File file : Arrays.stream(classPath()).filter(Deployments::isLibrary).toList()) {
            if (!war.contains("/WEB-INF/lib/" + file.getName())) {
                war.addAsLibrary(file);
            }
        }
        // Only classes that are meant for the server: those tagged so by their name.
        return war.addPackages(
                true,
                path -> path.get().contains("InContainer") || path.get().contains("/it/container/"),
                "org.payhub");
    }

    private static File[] classPath() {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).map(File::new).toArray(File[]::new);
    }

    private static boolean isLibrary(File file) {
        return file.getName().endsWith(".jar")
                && Arrays.stream(LIBRARIES).anyMatch(name -> file.getName().startsWith(name + "-"));
    }
}
