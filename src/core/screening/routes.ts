import { hash } from 'node:crypto';
import Type from 'typebox';
import type { Database } from '../../platform/database/index.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { blackListFor } from './black-list.ts';
import { type FileMac, writeBlackList } from './black-list-file.rules.ts';
import { BlackListDownload, BlackListQuery } from './contract.ts';

/** The MAC of a digest (32 bytes) under the terminal's MAK; null when it has none. */
export type TerminalMac = (terminal_id: string) => Promise<((digest: Uint8Array) => Uint8Array) | null>;

export function screeningRoutes(
  app: App,
  deps: { readonly database: Database; readonly terminalMac: TerminalMac },
): void {
  app.get(
    '/api/terminals/:id/black-list',
    {
      config: { allow: ['device', 'agency'] },
      schema: {
        params: Type.Object({ id: Type.String({ pattern: '^[!-~]{8}$' }) }),
        querystring: BlackListQuery,
        response: { 200: BlackListDownload },
      },
    },
    async ({ params, query }) => {
      const sign = await deps.terminalMac(params.id);
      if (!sign) throw new Refused({ code: 'screening.terminal_not_signed_in', law: null, detail: {} });
      const mac: FileMac = (content) => sign(new Uint8Array(hash('sha256', content, 'buffer')));
      const list = await blackListFor(deps.database, BigInt(query.after ?? '0'));
      const { kind, through, entries } = list;
      return {
        kind,
        through: String(through),
        entries: entries.length,
        file: writeBlackList(list, mac).toBase64(),
      };
    },
  );
}
