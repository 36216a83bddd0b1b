import { useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { MetricTable } from '@/features/steps/MetricTable';
import { Loaded } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';

/** Every number the run's steps measured. */
export function RunMetrics({ run }: { run: string }) {
  const query = useQuery({
    queryKey: keys.metrics({ run, slices: false }),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/metrics', { params: { query: { run, slices: false, limit: 500 } }, signal })),
  });
  return (
    <Loaded query={query} what="the metrics">
      {(page) => (
        <Panel flush>
          <MetricTable metrics={page.items} withStep />
        </Panel>
      )}
    </Loaded>
  );
}
