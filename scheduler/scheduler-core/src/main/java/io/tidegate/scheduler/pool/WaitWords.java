package io.tidegate.scheduler.pool;

import io.tidegate.scheduler.pool.Share.Claim;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says for people what a request waits for. */
final class WaitWords {
    private static final int MOST_HOLDERS = 3;

    private final Map<Share, Integer> taken;
    private final Map<Share, List<PlaceRequest>> holders;

    WaitWords(Map<Share, Integer> taken, Map<Share, List<PlaceRequest>> holders) {
        this.taken = taken;
        this.holders = holders;
    }

    /** @param unmet what there is no room for, at least one */
    String of(List<Claim> unmet) {
        return unmet.stream().map(this::of).collect(Collectors.joining("; "));
    }

    private String of(Claim claim) {
        Share share = claim.share();
        if (share.kind() != Share.Kind.POOL) {
            int limit = claim.capacity().orElseThrow();
            return share.words() + " may have " + limit + (limit == 1 ? " attempt" : " attempts") + " at work"
                    + heldBy(share);
        }
        if (claim.capacity().isEmpty()) {
            return "waits for " + share.words() + ", which does not exist; make it with: tidegate pools set "
                    + share.words().substring("pool ".length()) + " PLACES";
        }
        int size = claim.capacity().getAsInt();
        if (claim.places() > size) {
            return "asks for " + places(claim.places()) + " of " + share.words() + ", which has " + size;
        }
        int free = Math.max(0, size - taken.getOrDefault(share, 0));
        String wish = "waits for " + places(claim.places()) + " of " + share.words();
        return free >= claim.places()
                ? wish + ": " + free + " of " + size + " are free and kept for others who have waited for long"
                : wish + ", of which " + free + " of " + size + " are free" + heldBy(share);
    }

    private static String places(int number) {
        return number + (number == 1 ? " place" : " places");
    }

    private String heldBy(Share share) {
        List<PlaceRequest> all = holders.getOrDefault(share, List.of());
        if (all.isEmpty()) {
            return "";
        }
        String named = all.stream().limit(MOST_HOLDERS).map(PlaceRequest::words).collect(Collectors.joining(", "));
        return "; held by " + named
                + (all.size() > MOST_HOLDERS ? " and " + (all.size() - MOST_HOLDERS) + " more" : "");
    }
}
