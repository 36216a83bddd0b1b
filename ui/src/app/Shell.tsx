import { Link, Outlet } from '@tanstack/react-router';
import { isBroken } from '@/features/alerts/faces';
import { useAlerts } from '@/features/alerts/queries';
import { Icon, type IconName } from '@/shared/Icon';
import { ConnectionBanner, LiveMark } from './ConnectionBanner';
import { SchemeSwitch } from './SchemeSwitch';
import classes from './Shell.module.css';

type RoomPath = '/' | '/alerts' | '/models' | '/datasets' | '/pools' | '/nodes';

const ROOMS: { to: RoomPath; label: string; icon: IconName }[] = [
  { to: '/', label: 'DAGs', icon: 'dags' },
  { to: '/alerts', label: 'Alerts', icon: 'alert' },
  { to: '/models', label: 'Models', icon: 'model' },
  { to: '/datasets', label: 'Datasets', icon: 'data' },
  { to: '/pools', label: 'Pools', icon: 'queue' },
  { to: '/nodes', label: 'Nodes', icon: 'node' },
];

/** What stays on every page: the rooms, whether the page is live, and the banner when it is not. */
export function Shell() {
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.jump}>
        Skip to the content
      </a>
      <header className={classes.bar}>
        <Link to="/" className={classes.brand} aria-label="Tidegate, home">
          <Logo />
          <span>Tidegate</span>
        </Link>
        <nav className={classes.rooms} aria-label="Rooms">
          {ROOMS.map((room) => (
            <Link
              key={room.to}
              to={room.to}
              className={classes.room}
              activeOptions={{ exact: room.to === '/', includeSearch: false }}
              activeProps={{ 'data-active': 'true', 'aria-current': 'page' } as object}
            >
              <Icon name={room.icon} size={16} />
              <span>{room.label}</span>
              {room.to === '/alerts' && <AlertCount />}
            </Link>
          ))}
        </nav>
        <div className={classes.tools}>
          <LiveMark />
          <SchemeSwitch />
        </div>
      </header>
      <ConnectionBanner />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function AlertCount() {
  const query = useAlerts(true);
  const open = query.data?.items ?? [];
  if (open.length === 0) return null;
  return (
    <span className={classes.count} data-state={open.some(isBroken) ? 'failed' : 'running'}>
      {open.length}
      <span className="visually-hidden"> open</span>
    </span>
  );
}

function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0f6a7d" />
      <path d="M8 24V9M24 24V9" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M8 15c3-3 5 3 8 0s5 3 8 0M8 21c3-3 5 3 8 0s5 3 8 0"
        fill="none"
        stroke="#9fe3ef"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
