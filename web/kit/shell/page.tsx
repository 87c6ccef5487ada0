import type { ReactNode } from 'react';
import './shell.css';

/** A page: its name, one line on what it is for, and what can be done here. */
export function Page({
  title,
  note,
  actions,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {note && <p className="page-note">{note}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </article>
  );
}

/** A sheet of paper on the desk. */
export function Sheet({
  title,
  extra,
  children,
  tight = false,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  tight?: boolean;
}) {
  return (
    <section className={tight ? 'sheet sheet-tight' : 'sheet'}>
      {(title || extra) && (
        <header className="sheet-head">
          {title && <h2>{title}</h2>}
          {extra && <div className="sheet-extra">{extra}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

export type Fact = { readonly label: string; readonly value: ReactNode; readonly mono?: boolean };

/** Facts beside their names. */
export function Facts({ items, columns = 1 }: { items: readonly Fact[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={`facts facts-${columns}`}>
      {items.map(({ label, value, mono }) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd className={mono ? 'mono' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type Tone = 'done' | 'waiting' | 'refused' | 'plain';

/** A state in a word with a mark of its own: never colour alone. */
export function Stamp({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`stamp stamp-${tone}`}>{children}</span>;
}
