import { Link } from '@tanstack/react-router';
import { plural } from '@/shared/format';
import { Panel } from '@/shared/Panel';
import { AlertCard } from './AlertCard';
import { byLoudness, withoutEchoes } from './faces';
import { useAlerts } from './queries';

const SHOWN = 5;

/** What is wrong now, at the top of the first page. Takes no room when nothing is. */
export function OpenAlerts() {
  const query = useAlerts(true);
  const alerts = withoutEchoes(query.data?.items ?? []).toSorted(byLoudness);
  if (alerts.length === 0) return null;
  const more = alerts.length - SHOWN;
  return (
    <Panel
      title={plural(alerts.length, 'open alert')}
      id="open-alerts"
      flush
      aside={<Link to="/alerts">{more > 0 ? `${more} more` : 'all alerts'}</Link>}
    >
      {alerts.slice(0, SHOWN).map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
    </Panel>
  );
}
