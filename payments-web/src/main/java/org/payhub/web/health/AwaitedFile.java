package org.payhub.web.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.payhub.platform.HubConfig;

/**
 * Holds readiness back until the file exists that {@code PAYHUB_READY_FILE} names. The launcher
 * sets it in the demo, where "ready" promises that the logins stand in {@code demo.json}; they can
 * be made only once the application runs. Not set: always up.
 */
@Readiness
@ApplicationScoped
class AwaitedFile implements HealthCheck {

    private Optional<Path> file = Optional.empty();

    /** For the container. */
    AwaitedFile() {}

    AwaitedFile(Path file) {
        this.file = Optional.of(file);
    }

    @Inject
    void configure(HubConfig config) {
        file = config.text("PAYHUB_READY_FILE").map(Path::of);
    }

    @Override
    public HealthCheckResponse call() {
        boolean there = file.map(Files::exists).orElse(true);
        return new HealthCheckResponse(
                "seeds",
                there ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN,
                Optional.empty());
    }
}
