import type { ReactNode } from 'react';
import classes from './PageHead.module.css';

export function PageHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <h1>{title}</h1>
        {about && <p>{about}</p>}
      </div>
      {children && <div className={classes.tools}>{children}</div>}
    </header>
  );
}
