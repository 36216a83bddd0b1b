import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { Empty, Failed } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { Shell } from './Shell';

/** Search parameters come from people and links: what is not of the right kind is left out. */
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
/** Looks like a number or a day, and the router has parsed it as such. */
const word = (value: unknown) => (typeof value === 'number' ? String(value) : text(value));

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Panel>
      <Empty icon="look" title="There is no such page">
        <Link to="/">To the DAGs</Link>
      </Empty>
    </Panel>
  ),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/dags/HomePage'), 'HomePage'),
});

const TABS = ['runs', 'backfills', 'parameters', 'versions', 'history', 'source'] as const;
const dag = createRoute({
  getParentRoute: () => root,
  path: '/dags/$dag',
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof TABS)[number] } => {
    const tab = TABS.find((each) => each === search.tab);
    return tab ? { tab } : {};
  },
  component: lazyRouteComponent(() => import('@/features/dags/DagPage'), 'DagPage'),
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  validateSearch: (search: Record<string, unknown>): { step?: string } => {
    const step = text(search.step);
    return step ? { step } : {};
  },
  component: lazyRouteComponent(() => import('@/features/runs/RunPage'), 'RunPage'),
});

const backfill = createRoute({
  getParentRoute: () => root,
  path: '/backfills/$id',
  component: lazyRouteComponent(() => import('@/features/backfills/BackfillPage'), 'BackfillPage'),
});

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('@/features/models/ModelsPage'), 'ModelsPage'),
});

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$model',
  validateSearch: (search: Record<string, unknown>): { version?: number } => {
    const version = Number(search.version);
    return Number.isInteger(version) && version > 0 ? { version } : {};
  },
  component: lazyRouteComponent(() => import('@/features/models/ModelPage'), 'ModelPage'),
});

const datasets = createRoute({
  getParentRoute: () => root,
  path: '/datasets',
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetsPage'), 'DatasetsPage'),
});

const dataset = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$dag/$dataset',
  validateSearch: (search: Record<string, unknown>): { partition?: string } => {
    const partition = word(search.partition);
    return partition ? { partition } : {};
  },
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetPage'), 'DatasetPage'),
});

const pools = createRoute({
  getParentRoute: () => root,
  path: '/pools',
  component: lazyRouteComponent(() => import('@/features/pools/PoolsPage'), 'PoolsPage'),
});

const nodes = createRoute({
  getParentRoute: () => root,
  path: '/nodes',
  component: lazyRouteComponent(() => import('@/features/nodes/NodesPage'), 'NodesPage'),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: (search: Record<string, unknown>): { show?: 'open' | 'resolved' } =>
    search.show === 'open' || search.show === 'resolved' ? { show: search.show } : {},
  component: lazyRouteComponent(() => import('@/features/alerts/AlertsPage'), 'AlertsPage'),
});

const routes = root.addChildren([home, dag, run, backfill, models, model, datasets, dataset, pools, nodes, alerts]);

export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: routes,
    ...(history ? { history } : {}),
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
