package io.tidegate.scheduler.clock;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.schedule.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.quartz.DateBuilder;
import org.quartz.DateBuilder.IntervalUnit;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Wakes up with Quartz. Everything is in memory: what is due is computed from the database by who is woken, so nothing is lost with a restart and
 * nothing is shared between nodes.
 */
public final class QuartzWakeUps implements WakeUps, AutoCloseable {
    /** A longer wait is cut here, so that a clock that was put forward or a machine that slept is noticed within the hour. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final String THREADS = "2";

    private final InstantSource clock;
    private final Scheduler scheduler;

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
            scheduler.setJobFactory((bundle, ignored) -> new Waking(sleeper));
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void set(DagId dag, Instant at) {
        Duration wait = Duration.between(clock.instant(), at);
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        JobDetail job =
                JobBuilder.newJob(Waking.class).withIdentity(dag.value()).build();
        TriggerBuilder<Trigger> trigger = TriggerBuilder.newTrigger().withIdentity(dag.value());
        if (bounded.isNegative() || bounded.isZero()) {
            trigger.startNow();
        } else {
            // Quartz counts from its own clock: the wait is what the two have in common.
            trigger.startAt(DateBuilder.futureDate(Math.toIntExact(bounded.toMillis()) + 1, IntervalUnit.MILLISECOND));
        }
        trigger.withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow());
        try {
            scheduler.scheduleJob(job, Set.of(trigger.build()), true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("The wake-up of " + dag + " cannot be set: " + e.getMessage(), e);
        }
    }

    @Override
    public void clear(DagId dag) {
        try {
            scheduler.deleteJob(JobKey.jobKey(dag.value()));
        } catch (SchedulerException e) {
            throw new IllegalStateException("The wake-up of " + dag + " cannot be cleared: " + e.getMessage(), e);
        }
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

    /** Passes the wake-up on. */
    private static final class Waking implements Job {
        private final Sleeper sleeper;

        Waking(Sleeper sleeper) {
            this.sleeper = sleeper;
        }

        @Override
        public void execute(JobExecutionContext context) {
            sleeper.wake(new DagId(context.getJobDetail().getKey().getName()));
        }
    }
}
