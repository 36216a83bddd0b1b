import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { plural } from '@/shared/format';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Panel } from '@/shared/Panel';
import { useTitle } from '@/shared/useTitle';
import { AlertCard } from './AlertCard';
import { useAlerts } from './queries';

const route = getRouteApi('/alerts');

export function AlertsPage() {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useAlerts(false);
  useTitle('Alerts');
  const open = query.data?.items.filter((alert) => alert.state === 'open').length ?? 0;
  return (
    <>
      <PageHead title="Alerts" about="Everything that was told, whether or not a channel was set up for it.">
        <SegmentedControl
          size="xs"
          aria-label="Which alerts"
          value={show ?? 'all'}
          onChange={(value) => void navigate({ search: value === 'all' ? {} : { show: value as 'open' | 'resolved' } })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'open', label: `Open (${open})` },
            { value: 'resolved', label: 'Resolved' },
          ]}
        />
      </PageHead>
      <Loaded query={query} what="the alerts">
        {(page) => {
          const alerts = page.items.filter((alert) => !show || alert.state === show);
          if (alerts.length === 0) {
            return (
              <Panel>
                <Empty icon="check" title={show === 'open' ? 'Nothing is wrong' : 'No alerts'}>
                  {show === 'open' ? 'No alert is open.' : 'Nothing that a DAG asks to be told about has happened yet.'}
                </Empty>
              </Panel>
            );
          }
          return (
            <Panel title={plural(alerts.length, 'alert')} id="alerts" flush>
              {alerts.map((alert) => (
                <AlertCard key={alert.id} alert={alert} detailed />
              ))}
            </Panel>
          );
        }}
      </Loaded>
    </>
  );
}
