import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import './print.css';

/** `receipt`: a 58 mm roll; `statement`: A4 with page numbers. */
export type PaperKind = 'receipt' | 'statement';

/** Renders `<Paper>` while `printing`; the browser's own dialogue does the rest. */
export function usePrint(): { readonly printing: boolean; readonly print: () => void } {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return;
    const done = () => setPrinting(false);
    addEventListener('afterprint', done, { once: true });
    // The sheet must stand in the page before the browser takes its picture.
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('afterprint', done);
    };
  }, [printing]);
  return { printing, print: useCallback(() => setPrinting(true), []) };
}

/** What goes on paper, and only that: stands beside the application, seen by the printer alone. */
export function Paper({ kind, children }: { kind: PaperKind; children: ReactNode }) {
  return createPortal(<div className={`paper-sheet paper-${kind}`}>{children}</div>, document.body);
}
