package org.payhub.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does one thing many times at the same moment. */
public final class Together {

    private Together() {}

    /** So many threads behind a barrier; their answers in the order of their numbers. */
    public static <T> List<T> run(int threads, IntFunction<T> deed) {
        CyclicBarrier barrier = new CyclicBarrier(threads);
        return inPool(
                threads,
                threads,
                i -> {
                    try {
                        barrier.await(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return deed.apply(i);
                });
    }

    /** So many deeds, at most so many at once. */
    public static <T> List<T> inPool(int threads, int deeds, IntFunction<T> deed) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < deeds; i++) {
                int number = i;
                futures.add(pool.submit(() -> deed.apply(number)));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get(300, TimeUnit.SECONDS));
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().toString(), e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
