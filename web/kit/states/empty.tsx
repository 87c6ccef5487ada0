import type { ReactNode } from 'react';
import './states.css';

/** Nothing here: says why that can be, and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
        <rect x="4" y="4" width="36" height="36" rx="6" fill="none" stroke="currentColor" strokeDasharray="4 4" />
      </svg>
      <p className="empty-title">{title}</p>
      {children && <div className="quiet">{children}</div>}
    </div>
  );
}
