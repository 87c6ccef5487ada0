import Type from 'typebox';
import type { KeyStore } from '../../core/keys/contract.ts';
import { defined } from '../../kernel/assert.ts';
import { issueChip } from '../../operations/issuance/index.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { type App, granted } from '../../platform/http/index.ts';
import { demoPin } from '../seed/users.ts';

/**
 * The issuing station of the demonstration: makes the chip of a card when a device first takes the card out. The image
 * holds the card's keys and every card has the same PIN, so that only a demonstration has this route.
 */
export function issuingRoutes(app: App, { database, keys }: { database: Database; keys: KeyStore }): void {
  app.post(
    '/api/cards/:number/chip',
    {
      config: { allow: ['device'] },
      schema: {
        tags: ['issuance'],
        params: Type.Object({ number: Type.String({ minLength: 9, maxLength: 9 }) }),
        response: { 200: Type.Object({ image: Type.String({ description: 'chip image, base64' }) }) },
      },
    },
    async ({ params: { number }, caller, trace_id }) => {
      const image = await database.transaction(async (sql) => {
        const chip = granted(await issueChip(sql, keys, number, demoPin));
        const { user_id, role } = defined(caller, 'a device');
        await audit(sql, { user_id, role, action: 'issue chip', subject: number, trace_id });
        return chip.image();
      });
      return { image: image.toBase64() };
    },
  );
}
