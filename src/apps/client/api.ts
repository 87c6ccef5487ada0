import type { Problem } from '../../platform/http/contract.ts';

/** A refusal as it came over the wire. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** A user of the API, signed in: what a hospital's own program or a simulated clerk is to the centre. */
export class ApiClient {
  readonly #address: string;
  #cookie = '';

  constructor(address: string) {
    this.#address = address;
  }

  async signIn(username: string, password: string): Promise<void> {
    const answer = await fetch(`${this.#address}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    await this.#read(answer);
    this.#cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async get<T>(path: string): Promise<T> {
    return this.#read(await fetch(this.#address + path, { headers: { cookie: this.#cookie } }));
  }

  /** `key` is made by the caller when a repeat must find the first answer. */
  async send<T>(method: 'POST' | 'PUT', path: string, body: unknown, key: string = crypto.randomUUID()): Promise<T> {
    const answer = await fetch(this.#address + path, {
      method,
      headers: { 'content-type': 'application/json', cookie: this.#cookie, 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    return this.#read(answer);
  }

  /** Messages of an event stream, one by one, until the signal says enough. */
  async *events<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
    const answer = await fetch(this.#address + path, { headers: { cookie: this.#cookie }, signal });
    if (!answer.ok || !answer.body) return void (await this.#read(answer));
    let text = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const messages = (text + chunk).split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages)
        if (message.startsWith('data: ')) yield JSON.parse(message.slice('data: '.length)) as T;
    }
  }

  async #read<T>(answer: Response): Promise<T> {
    const text = await answer.text();
    if (answer.ok) return (text ? JSON.parse(text) : undefined) as T;
    throw answer.headers.get('content-type')?.startsWith('application/problem+json')
      ? new ApiProblem(JSON.parse(text) as Problem)
      : new Error(`${answer.status} ${answer.url}: ${text.slice(0, 200)}`);
  }
}
