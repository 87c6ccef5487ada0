import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import './states.css';

/** Lines where the text will stand. */
export function Waiting({ lines = 5 }: { lines?: number }) {
  const t = useWords(kitWords);
  return (
    <div className="waiting" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className="waiting-line" style={{ width: `${92 - ((line * 37) % 45)}%` }} />
      ))}
    </div>
  );
}
