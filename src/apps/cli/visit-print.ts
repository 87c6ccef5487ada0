import type { Scene } from '../../../sim/days/index.ts';
import { sentence } from '../../core/policy/contract.ts';
import { terminalRefusals, terminalSteps } from '../../field/terminal/contract.ts';
import { fen, formatYuan } from '../../kernel/money.ts';
import type { Trace } from '../../operations/trace/contract.ts';
import type { Amounts, LineView, ReasonView } from '../../schemes/medical/contract.ts';
import { medicalWording } from '../../schemes/medical/contract.ts';

export type Language = 'en' | 'zh';
type Names = { readonly zh: string; readonly en: string };

const yuan = (amount: string): string => formatYuan(fen(BigInt(amount)));
const heading = (text: string) => console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 90 - text.length))}`);
const row = (name: string, value: string) => console.log(`  ${name.padEnd(24)} ${value}`);

/** What the cashier sees, as it comes. */
export function printScene(scene: Scene, language: Language): void {
  const say = (names: Names) => names[language];
  if (scene.scene === 'registered') {
    const { patient, insurance, institution, diagnosis, department, doctor, visit_no } = scene.visit;
    heading('Registered');
    row('visit', visit_no);
    row('patient', `${say(patient.name)}  ${patient.citizen_number}  insurance ${insurance}`);
    row('at', `${say(institution.name)}, ${department}, ${doctor}`);
    row('diagnosis', `${diagnosis.code} ${say(diagnosis.name)}`);
  } else if (scene.scene === 'billed') {
    heading('Bill: what is in scope, line by line');
    for (const line of scene.visit.lines) printLine(line, language);
  } else if (scene.scene === 'previewed') {
    heading('Preview: who would pay what');
    printAmounts(scene.preview.amounts);
    row('in the account', yuan(scene.preview.account_available_fen));
  } else if (scene.scene === 'settled') {
    heading(`Settlement ${scene.settlement.settlement_no}: ${scene.settlement.state}, and why`);
    for (const reason of scene.settlement.reasons) printReason(reason, language);
    if (scene.settlement.state === 'awaiting_card') heading('Terminal');
  } else if (scene.scene === 'terminal') printTerminal(scene.event, language);
  else {
    heading(`Ended: ${scene.ending.replaceAll('_', ' ')}`);
    printAmounts(scene.settlement.amounts);
  }
}

function printLine(line: LineView, language: Language): void {
  const { total_fen, in_scope_fen, first_pay_fen, over_limit_fen, full_own_fen } = line;
  console.log(`  ${line.name[language]}  (${line.class})  ${line.quantity} × ${line.unit_price} = ${yuan(total_fen)}`);
  const split = {
    'in scope': in_scope_fen,
    'first pay': first_pay_fen,
    'above ceiling': over_limit_fen,
    own: full_own_fen,
  };
  const parts = Object.entries(split).filter(([, amount]) => amount !== '0');
  console.log(`      ${parts.map(([name, amount]) => `${name} ${yuan(amount)}`).join(' + ')}`);
}

function printAmounts(amounts: Amounts): void {
  for (const [name, amount] of Object.entries(amounts))
    if (amount !== '0') row(name.replace(/_fen$/, '').replaceAll('_', ' '), yuan(amount).padStart(12));
}

function printReason(reason: ReasonView, language: Language): void {
  const words = medicalWording[reason.step];
  console.log(`  ${words ? sentence(words, reason, language) : reason.step}`);
  const { law, parameter } = reason;
  const grounds = [
    law && `${law.source}${law.article ? ` ${law.article}` : ''}`,
    parameter && `${parameter.key} = ${parameter.value}, in force from ${parameter.from}`,
  ].filter(Boolean);
  if (grounds.length > 0) console.log(`      ${grounds.join('; ')}`);
}

function printTerminal(event: Extract<Scene, { scene: 'terminal' }>['event'], language: Language): void {
  if (event.type === 'step')
    console.log(`  ${terminalSteps[event.step as keyof typeof terminalSteps]?.[language] ?? event.step}`);
  else if (event.type === 'receipt') console.log(`\n${event[language]}`);
  else if (event.type === 'done' && !event.paid) {
    const words = terminalRefusals[event.code as keyof typeof terminalRefusals];
    console.log(`  not paid: ${words?.[language] ?? ''} (${event.code}); the patient pays in cash`);
  }
}

/** The same payment as the centre kept it: chip, wire, journals. */
export function printTrace({ trace_id, stations }: Trace, language: Language): void {
  heading(`Chip and PSAM: ${stations.chip.entries.length} exchanges`);
  for (const { slot, what, command, response, status_word } of stations.chip.entries) {
    console.log(`  ${slot.padEnd(4)} ${what}  ${status_word}`);
    console.log(`       > ${command}\n       < ${response}`);
  }
  heading(`ISO 8583: ${stations.wire.entries.length} messages`);
  for (const { direction, mti, what, fields, hex } of stations.wire.entries) {
    console.log(`\n  ${direction === 'in' ? '→' : '←'} ${mti} ${what[language]}`);
    for (const { field, name, value, meaning } of fields)
      console.log(
        `     ${String(field).padStart(3)} ${name[language].padEnd(34)} ${value}${meaning ? `  ${meaning}` : ''}`,
      );
    for (const line of hex.match(/.{1,64}/g) ?? []) console.log(`         ${line}`);
  }
  heading('Journals');
  for (const journal of stations.ledger.entries) {
    console.log(`  ${journal.what[language]}  ${journal.kind}  ${journal.journal_id}`);
    for (const { book, name, account, side, amount_fen } of journal.postings) {
      const amount = yuan(amount_fen).padStart(12);
      const columns = side === 'debit' ? `${amount}${' '.repeat(13)}` : `${' '.repeat(13)}${amount}`;
      console.log(`    ${columns}  ${book}  ${name[language]}  ${account}`);
    }
    if (journal.chain) console.log(`    sealed in group ${journal.chain.group}: ${journal.chain.hash}`);
  }
  heading(`Trace ${trace_id}`);
  for (const [station, { state, entries }] of Object.entries(stations)) row(station, `${state} (${entries.length})`);
}
