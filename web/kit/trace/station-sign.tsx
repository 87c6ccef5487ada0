import type { ReactNode } from 'react';
import type { Station, StationState } from '../../../src/operations/trace/contract.ts';

const drawings: Readonly<Record<Station, ReactNode>> = {
  chip: (
    <>
      <rect x="7" y="9" width="22" height="18" rx="3" />
      <path d="M7 15h7M7 21h7M29 15h-7M29 21h-7M14 15v6M22 15v6M18 9v6M18 21v6" />
    </>
  ),
  terminal: (
    <>
      <rect x="10" y="6" width="16" height="24" rx="2.5" />
      <path d="M13.5 10h9v5h-9zM14 19.5h.01M18 19.5h.01M22 19.5h.01M14 23.5h.01M18 23.5h.01M22 23.5h.01" />
    </>
  ),
  wire: <path d="M7 14h19l-5-5M29 22H10l5 5" />,
  decision: <path d="M18 7v22M11 29h14M9 12h18M9 12l-4 9h8zM27 12l-4 9h8z" />,
  ledger: <path d="M7 10h22M18 10v19M10.5 15h4M10.5 19h4M21.5 15h4M21.5 23h4" />,
  books: <path d="M9 8h15a3 3 0 0 1 3 3v18H12a3 3 0 0 1-3-3zM9 25a3 3 0 0 1 3-3h15M14 13h8M14 17h5" />,
};

/** The tile of one station. Its state is in fill, edge and mark, not in colour alone. */
export function StationSign({ station, state, size = 44 }: { station: Station; state: StationState; size?: number }) {
  return (
    <svg className={`sign sign-${state}`} width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect className="sign-tile" x="1" y="1" width="34" height="34" rx="6" />
      <g className="sign-lines">{drawings[station]}</g>
      {state === 'failed' && <path className="sign-strike" d="M5 31 31 5" />}
      {state === 'repaired' && (
        <g className="sign-return">
          <circle cx="28.5" cy="28.5" r="7" />
          <path d="M25.5 28.5a3 3 0 1 0 1-2.2M26.3 24.3v2.2h2.2" />
        </g>
      )}
    </svg>
  );
}
