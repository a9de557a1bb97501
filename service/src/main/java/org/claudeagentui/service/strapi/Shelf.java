package org.claudeagentui.service.strapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.claudeagentui.service.tracing.Span;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Remembers what Strapi said to questions of one kind. However many ask the same at once, Strapi is asked once; what was asked before a
 * change is given to nobody who comes after it.
 *
 * @param <K> what is asked
 * @param <V> what is made of Strapi's answer
 */
public final class Shelf<K, V> {
    private static final int WEIGHT_OF_A_PLACE = 256;

    private final Memory memory;
    private final ToLongFunction<K> generation;
    private final Function<K, V> read;
    private final Cache<K, Copy<V>> copies;
    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /** The generation counts the changes to what an answer is made of. */
    Shelf(Memory memory, ToLongFunction<K> generation, Function<K, V> read, ToIntFunction<V> weight) {
        this.memory = memory;
        this.generation = generation;
        this.read = read;
        this.copies = Caffeine.newBuilder()
                .maximumWeight(memory.limits().weight())
                .weigher((K key, Copy<V> copy) -> WEIGHT_OF_A_PLACE + key.toString().length() + weight.applyAsInt(copy.value()))
                .expireAfterWrite(memory.limits().stale())
                .executor(Runnable::run)
                .build();
    }

    /**
     * What Strapi says.
     *
     * @throws StrapiException if it can't be asked, and what it last said is too old or out of date
     */
    public Dated<V> read(K key) {
        var copy = remembered(key);
        return copy.isPresent() ? read(key, copy.get()) : asked(key);
    }

    private Dated<V> read(K key, Copy<V> copy) {
        var now = System.nanoTime();
        var lifetime = memory.changes().lifetime(copy.asked(), now);
        var overdue = copy.age(now).minus(lifetime);
        if (overdue.compareTo(lifetime) > 0) {
            return renewed(key).map(renewed -> dated(renewed, Source.STRAPI, Duration.ZERO))
                    .orElseGet(() -> dated(copy, Source.STALE, overdue));
        }
        if (overdue.isPositive()) {
            var _ = flight(key);
        }
        return dated(copy, Source.MEMORY, Duration.ZERO);
    }

    private Dated<V> asked(K key) {
        try {
            return awaited(key, memory.limits().deadline()).map(copy -> dated(copy, Source.STRAPI, Duration.ZERO))
                    .orElseThrow(() -> new StrapiException.Unavailable("Strapi doesn't answer, or is asked too much"));
        } catch (StrapiException e) {
            memory.sources().accept(Source.NONE);
            throw e;
        }
    }

    private Optional<Copy<V>> renewed(K key) {
        try {
            return awaited(key, memory.limits().patience());
        } catch (StrapiException.Unavailable e) {
            return Optional.empty();
        }
    }

    /** Who finds no place to wait begins no read either. */
    private Optional<Copy<V>> awaited(K key, Duration most) {
        if (!memory.waiting().tryAcquire()) {
            return Optional.empty();
        }
        try {
            return flight(key).flatMap(flight -> flight.within(most));
        } finally {
            memory.waiting().release();
        }
    }

    private Optional<Copy<V>> remembered(K key) {
        return Optional.ofNullable(copies.getIfPresent(key)).filter(copy -> copy.generation() == generation.applyAsLong(key));
    }

    /** The read that is under way, or one that begins now; nothing where Strapi is to be spared. */
    private Optional<Flight<V>> flight(K key) {
        var latest = generation.applyAsLong(key);
        return Optional.ofNullable(flights.compute(key, (_, known) -> known != null && known.serves(latest)
                ? known
                : memory.breaker().admits() ? begun(key, latest) : null));
    }

    private Flight<V> begun(K key, long latest) {
        var flight = new Flight<V>(latest);
        flight.begin(Span.continuing(() -> fly(key, flight)), memory.limits().deadline());
        return flight;
    }

    /** In this order: who comes in between finds the copy or the flight. */
    private void fly(K key, Flight<V> flight) {
        try {
            var copy = flight.copy(memory.retry().read(() -> memory.gate().pass(() -> read.apply(key))));
            memory.breaker().succeeded();
            copies.asMap().merge(key, copy, (before, after) -> after.asked() - before.asked() < 0 ? before : after);
            flights.remove(key, flight);
            flight.lands(copy);
        } catch (StrapiException.Unavailable e) {
            memory.breaker().failed(e);
            end(key, flight, e);
        } catch (RuntimeException | Error e) {
            memory.breaker().succeeded();
            end(key, flight, e);
        }
    }

    private void end(K key, Flight<V> flight, Throwable failure) {
        flights.remove(key, flight);
        flight.fails(failure);
    }

    private Dated<V> dated(Copy<V> copy, Source source, Duration overdue) {
        memory.sources().accept(source);
        return new Dated<>(copy.value(), copy.age(System.nanoTime()), overdue);
    }
}
