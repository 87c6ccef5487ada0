/** The role with the least rights that the running system uses; migrations run as the owner. */
export const applicationRole = 'tessera_app';

/** Where and how a pool connects; spread into its options. */
export type Connection = { readonly connectionString: string; readonly options?: string };

/**
 * The address with settings that hold for every session, as `role: value`. Options of the address stay, and lose where
 * both say something. They must stand in the address: the driver lets its options win over those beside it, so that an
 * address with options would lose the role.
 */
export function connectionOf(url: string, settings: Readonly<Record<string, string>>): Connection {
  const wanted = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  if (wanted.length === 0) return { connectionString: url };
  // A bare path to a socket has no options of its own.
  if (url.startsWith('/')) return { connectionString: url, options: wanted.join(' ') };
  const [address = '', query = ''] = url.split('?', 2);
  const words = new URLSearchParams(query);
  words.set('options', [words.get('options'), ...wanted].filter(Boolean).join(' '));
  return { connectionString: `${address}?${words}` };
}
