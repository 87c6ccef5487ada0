import type { ReactNode } from 'react';

/** The raw form of a station, shut until asked for. */
export function Raw({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="raw">
      <summary>{label}</summary>
      <div className="raw-body">{children}</div>
    </details>
  );
}
