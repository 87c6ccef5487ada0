import Type from 'typebox';
import type { KeyStore } from '../../core/keys/contract.ts';
import { issueChip } from '../../operations/issuance/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { demoPin } from '../seed/users.ts';

/** The issuing station of the demonstration: makes the chip of a card when a device first takes the card out. */
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
    async ({ params }) => {
      const chip = await issueChip(database, keys, params.number, demoPin);
      if (!chip) throw new Refused({ code: 'issuance.card_unknown', law: null, detail: {} });
      return { image: chip.image().toBase64() };
    },
  );
}
