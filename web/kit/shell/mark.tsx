import './shell.css';

/** The sign: a square tile that is a chip's contact pad as well. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="mark">
      <rect width="32" height="32" rx="6" fill="var(--jade)" />
      <g fill="none" stroke="var(--on-jade)" strokeWidth="2" strokeLinecap="round">
        <rect x="8" y="8" width="16" height="16" rx="3" />
        <path d="M8 13.5h5M8 18.5h5M19 13.5h5M19 18.5h5M13 13.5v5M19 13.5v5M16 8v5.5M16 18.5V24" />
      </g>
    </svg>
  );
}

export function WordMark() {
  return (
    <span className="word-mark">
      <Mark />
      <span className="word-mark-name">Tessera</span>
    </span>
  );
}
