import { useCallback, useState } from 'react';

const prefix = 'tessera.draft.';

function read<T>(name: string, empty: T): T {
  const kept = sessionStorage.getItem(prefix + name);
  if (!kept) return empty;
  try {
    return JSON.parse(kept) as T;
  } catch {
    return empty;
  }
}

/** What a person is writing, kept over a reload and over a lost session; gone with the tab, as it may name a patient. */
export function useDraft<T>(name: string, empty: T): [T, (next: T) => void, () => void] {
  const [draft, setDraft] = useState<T>(() => read(name, empty));
  const keep = useCallback(
    (next: T) => {
      sessionStorage.setItem(prefix + name, JSON.stringify(next));
      setDraft(next);
    },
    [name],
  );
  const clear = useCallback(() => {
    sessionStorage.removeItem(prefix + name);
    setDraft(empty);
  }, [name, empty]);
  return [draft, keep, clear];
}
