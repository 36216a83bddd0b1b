import { useQuery } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import { useRefetchInterval } from '@/stream/StreamProvider';

export function useDatasets() {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.datasets,
    queryFn: ({ signal }) => body(api.GET('/api/v1/datasets', { signal })),
    refetchInterval,
  });
}

export function useDataset(dag: string, dataset: string) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: keys.dataset(dag, dataset),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/datasets/{dag}/{dataset}', { params: { path: { dag, dataset } }, signal })),
    refetchInterval,
  });
}
