package io.tidegate.scheduler.truth;

/** How what we say of an attempt and what its cluster says go together. */
public enum Verdict {
    /** Both say the same, or will in a moment: a launch may be on its way. */
    AGREED("both sides agree", false),
    /** We say that it goes on, and the cluster has nothing of it. */
    MISSING("the cluster has no such job: the run looks for it", true),
    /** We say that it goes on, and the cluster that it has ended. */
    ENDED_UNHEARD("the job has ended and nobody heard: the run looks at it", true),
    /** We say that it is over, and something of it still runs. */
    OUTLIVED("it is over, and something of it still runs", true),
    /** The cluster has a job with our mark, and our books do not know it. */
    ORPHAN("nobody here knows this job", true),
    /** The cluster has a job that does not say which Tidegate made it, and our books do not know it. */
    UNMARKED("nobody here knows this job, and it does not say which Tidegate made it: it is left alone", true),
    /** The cluster does not answer, so that nobody can say. */
    UNANSWERED("the cluster does not answer", false);

    private final String sentence;
    private final boolean disagreement;

    Verdict(String sentence, boolean disagreement) {
        this.sentence = sentence;
        this.disagreement = disagreement;
    }

    /** One sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** Whether the two sides contradict each other. */
    public boolean isDisagreement() {
        return disagreement;
    }

    /** Whether the run is what has to look again. */
    public boolean isRunToLook() {
        return this == MISSING || this == ENDED_UNHEARD;
    }

    /** Whether the job, and not the run, is what has to go. */
    public boolean isJobToEnd() {
        return this == OUTLIVED || this == ORPHAN;
    }
}
