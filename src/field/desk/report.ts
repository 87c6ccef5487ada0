import type { ChipEntry, ChipUpload, TerminalStep } from '../../operations/trace/contract.ts';
import type { TerminalEvent } from '../terminal/contract.ts';

/** Steps after which nothing good came. */
const failures = new Set(['refused', 'reversing', 'present_again']);

/** What happened to a payment at the terminal, as the centre keeps it. Nothing secret is in an event. */
export function chipUpload(terminal_id: string, upload_id: string, events: readonly TerminalEvent[]): ChipUpload {
  const apdus: ChipEntry[] = [];
  const steps: TerminalStep[] = [];
  for (const event of events) {
    if (event.kind === 'apdu') {
      const { at, slot, command, response, name } = event.record;
      apdus.push({
        at,
        slot: slot === 'sam' ? 'psam' : 'card',
        command,
        response: response ?? '',
        what: name.en,
        status_word: response ? response.slice(-4) : '0000',
      });
    } else if (event.kind === 'step') {
      const outcome = failures.has(event.step) ? 'failed' : 'ok';
      steps.push({ at: event.at, step: event.step, outcome, detail: { ...event.detail } });
    }
  }
  return { terminal_id, upload_id, apdus: apdus.slice(0, 500), steps: steps.slice(0, 100) };
}
