import { defined } from '../../kernel/assert.ts';
import { type Decision, grant } from '../../kernel/decision.ts';
import { day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { itemsOn } from './catalogue.store.ts';
import { factsOfLines } from './claim.store.ts';
import type { VisitQuery, VisitSummary, VisitView } from './contract.ts';
import { type Ground, splitLines } from './deciding.ts';
import { cursor, diagnosis, institution, type NamedRow, namedColumns, namedJoins, patient } from './naming.ts';
import { no } from './refusals.ts';
import { type Scope, scopeValues, withinScope } from './scope.ts';
import { standingSettlement } from './settlement.store.ts';
import { settlementSummary } from './settlement.view.ts';
import { lineViews } from './statement.ts';
import { linesOf, type VisitRow } from './visit.store.ts';

const summary = (row: VisitRow & NamedRow): VisitSummary => ({
  visit_id: row.visit_id,
  visit_no: row.visit_no,
  kind: row.kind,
  state: row.state,
  insurance: row.insurance,
  patient: patient(row),
  institution: institution(row),
  department: row.department,
  doctor: row.doctor,
  diagnosis: diagnosis(row),
  begun_on: row.begun_on,
  ended_on: row.ended_on,
  line_count: row.line_count,
  total_fen: row.total_fen.toString(),
  registered_at: row.registered_at.toISOString(),
});

/** Visits, newest first. */
export async function visitPage(sql: Sql, scope: Scope, query: VisitQuery) {
  const limit = query.limit ?? 50;
  const rows = await sql.query<VisitRow & NamedRow>(
    `select v.*, ${namedColumns} from medical.visits v ${namedJoins}
     where ${withinScope} and ($3::uuid is null or v.visit_id < $3) and ($4::text is null or v.state = $4)
     order by v.visit_id desc limit $5`,
    [...scopeValues(scope), cursor(query.after), query.state ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map(summary);
  return { items, next: rows.length > limit ? (items.at(-1)?.visit_id ?? null) : null };
}

/** A visit with its bill: as it was split when it was settled, or as it would be split now. */
export async function visitView(
  sql: Sql,
  ground: Ground,
  scope: Scope,
  visit_id: string,
): Promise<Decision<VisitView>> {
  const [row] = await sql.query<VisitRow & NamedRow>(
    `select v.*, ${namedColumns} from medical.visits v ${namedJoins} where ${withinScope} and v.visit_id = $3`,
    [...scopeValues(scope), visit_id],
  );
  if (!row) return no('medical.visit_unknown');
  const standing = await standingSettlement(sql, visit_id);
  if (standing) {
    const settlement = defined(await settlementSummary(sql, standing.settlement_id), 'summary of a settlement');
    return grant({ ...summary(row), lines: [...standing.decision.lines], settlement });
  }
  const lines = await linesOf(sql, visit_id);
  const items = await itemsOn(sql, row.begun_on, [...new Set(lines.map((line) => line.catalogue_code))]);
  // An item that left the catalogue since is refused when the bill is settled; here the line is left out.
  const known = lines.filter((line) => items.has(line.catalogue_code));
  const settled_day = day(row.ended_on ?? row.begun_on);
  const splits = splitLines(ground, { settled_day, insurance: row.insurance, lines: factsOfLines(known, items) });
  if (!splits.granted) return splits;
  return grant({ ...summary(row), lines: lineViews(known, items, splits.value), settlement: null });
}
