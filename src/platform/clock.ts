import type { Day } from '../kernel/time.ts';

/** The only place that knows what time it is. Business dates are chosen by `businessDay`, never read from the system. */
export interface Clock {
  now(): Temporal.Instant;
  /** The calendar day at the agency. */
  today(): Day;
}

/** The office's time zone: one for the whole country. */
export const officeTimeZone = 'Asia/Shanghai';

/** Unix milliseconds of the machine, for ids that sort by their birth; everything else takes a `Clock`. */
export const epochMilliseconds = (): number => Date.now();

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  today: () => Temporal.Now.plainDateISO(officeTimeZone),
};

/** A clock that stands still until it is moved, for tests and simulation. */
export class StoppedClock implements Clock {
  #now: Temporal.Instant;

  constructor(at: string) {
    this.#now = Temporal.Instant.from(at);
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  today(): Day {
    return this.#now.toZonedDateTimeISO(officeTimeZone).toPlainDate();
  }

  advance(by: Temporal.DurationLike): void {
    this.#now = this.#now.toZonedDateTimeISO(officeTimeZone).add(by).toInstant();
  }
}
