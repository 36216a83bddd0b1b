import { Button } from '@mantine/core';
import { ActionError } from './Outcome';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

export function LoadMore({ query, what }: { query: Pages; what: string }) {
  if (!query.hasNextPage) return null;
  return (
    <div style={{ padding: 8, textAlign: 'center' }}>
      {query.isFetchNextPageError && <ActionError error={query.error} />}
      <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load {what}
      </Button>
    </div>
  );
}
