package io.tidegate.scheduler.clock;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.schedule.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.quartz.DateBuilder;
import org.quartz.DateBuilder.IntervalUnit;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Wakes up with Quartz. It has one trigger, for the earliest of all times: a trigger for each DAG would cost kilobytes, and Quartz fires a few hundred a
 * second, where thousands of DAGs are due at midnight. Everything is in memory: what is due is computed from the database by who is woken, so nothing is lost
 * with a restart and nothing is shared between nodes.
 */
public final class QuartzWakeUps implements WakeUps, AutoCloseable {
    /** A longer wait is cut here, so that a clock that was put forward or a machine that slept is noticed within the minute. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** While one thread makes the runs of thousands of DAGs, the other one wakes who is due next. */
    private static final String THREADS = "2";

    private static final String ALARM = "alarm";

    private final InstantSource clock;
    private final Scheduler scheduler;
    private final DueTimes times = new DueTimes();

    /** Next time that Quartz looks; guarded by this object. */
    private Instant armed = Instant.MAX;

    private QuartzWakeUps(InstantSource clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * A clock that does not run yet: wake-ups can be set, {@link #start} lets them happen.
     *
     * @throws IllegalStateException when Quartz cannot be set up
     */
    public static QuartzWakeUps create(InstantSource clock) {
        Objects.requireNonNull(clock, "clock");
        Properties properties = new Properties();
        // Quartz keeps schedulers by name for the whole JVM.
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "tidegate-" + UUID.randomUUID());
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
        properties.setProperty(StdSchedulerFactory.PROP_JOB_STORE_CLASS, "org.quartz.simpl.RAMJobStore");
        properties.setProperty(StdSchedulerFactory.PROP_THREAD_POOL_CLASS, "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", THREADS);
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "schedule");
        try {
            return new QuartzWakeUps(clock, new StdSchedulerFactory(properties).getScheduler());
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Lets wake-ups happen from now on. */
    public void start(Sleeper sleeper) {
        Objects.requireNonNull(sleeper, "sleeper");
        try {
            scheduler.setJobFactory((bundle, ignored) -> new Waking(this::goOff, sleeper));
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void set(DagId dag, Instant at) {
        times.set(dag, at);
        arm();
    }

    @Override
    public void clear(DagId dag) {
        // The alarm may go off for nobody, and is then set anew.
        times.clear(dag);
    }

    /** Sets the alarm to the earliest time, unless it goes off earlier anyway. */
    private synchronized void arm() {
        times.first().filter(first -> first.isBefore(armed)).ifPresent(first -> {
            Instant now = clock.instant();
            Instant latest = now.plus(LONGEST_WAIT);
            Instant at = first.isAfter(latest) ? latest : first;
            if (at.isBefore(armed)) {
                wakeAfter(Duration.between(now, at));
                armed = at;
            }
        });
    }

    private void wakeAfter(Duration wait) {
        TriggerBuilder<Trigger> trigger = TriggerBuilder.newTrigger().withIdentity(ALARM);
        if (wait.isNegative() || wait.isZero()) {
            trigger.startNow();
        } else {
            // Quartz counts from its own clock: the wait is what the two have in common.
            trigger.startAt(DateBuilder.futureDate(Math.toIntExact(wait.toMillis()) + 1, IntervalUnit.MILLISECOND));
        }
        trigger.withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow());
        JobDetail job = JobBuilder.newJob(Waking.class).withIdentity(ALARM).build();
        try {
            scheduler.scheduleJob(job, Set.of(trigger.build()), true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("The next wake-up cannot be set: " + e.getMessage(), e);
        }
    }

    /** Who is due, with the alarm set for the others. */
    private synchronized List<DagId> goOff() {
        armed = Instant.MAX;
        List<DagId> due = times.take(clock.instant());
        arm();
        return due;
    }

    /** Stops waking and waits for who is being woken. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be shut down: " + e.getMessage(), e);
        }
    }

    /** Passes wake-ups on. */
    private record Waking(Supplier<List<DagId>> due, Sleeper sleeper) implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            List<DagId> dags = due.get();
            if (!dags.isEmpty()) {
                sleeper.wake(dags);
            }
        }
    }
}
