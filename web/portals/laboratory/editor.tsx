import { useRef } from 'react';
import type { ReportLine } from '../../../src/operations/laboratory/contract.ts';

export type LineMark = ReportLine['state'];

type Props = {
  readonly text: string;
  readonly label: string;
  readonly marks: ReadonlyMap<number, LineMark>;
  readonly onChange: (text: string) => void;
};

/** A field for a script, with the numbers of its lines and how each of them went. */
export function Editor({ text, label, marks, onChange }: Props) {
  const gutter = useRef<HTMLDivElement>(null);
  const count = text.split('\n').length;
  return (
    <div className="editor">
      <div className="editor-gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <span key={index} className={`editor-line editor-${marks.get(index + 1) ?? 'plain'}`}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        aria-label={label}
        value={text}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        maxLength={32_768}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
