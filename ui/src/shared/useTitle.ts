import { useEffect } from 'react';

/** The tab's title: what is being looked at comes first. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tidegate`;
  }, [title]);
}
