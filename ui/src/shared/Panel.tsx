import type { ReactNode } from 'react';
import classes from './Panel.module.css';

/** A titled box; the heading names the region for screen readers. */
export function Panel(props: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  id?: string;
}) {
  const headingId = props.id ? `${props.id}-title` : undefined;
  return (
    <section className={classes.panel} aria-labelledby={props.title ? headingId : undefined}>
      {props.title && (
        <header className={classes.header}>
          <h2 id={headingId} className={classes.title}>
            {props.title}
          </h2>
          {props.aside && <div className={classes.aside}>{props.aside}</div>}
        </header>
      )}
      <div className={props.flush ? undefined : classes.body}>{props.children}</div>
    </section>
  );
}

/** Names and values, two columns. */
export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
