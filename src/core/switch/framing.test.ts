import { describe, expect, test } from 'vitest';
import { concat, hex } from '../../kernel/bytes.ts';
import { fuzzFrames } from './frame.fuzz.ts';
import { FrameDecoder } from './framing.ts';

const frame = (...body: number[]) => Uint8Array.of(body.length >> 8, body.length & 255, ...body);
const stream = concat(frame(1, 2, 3), frame(4), frame(...new Array<number>(300).fill(5)), frame(6, 7));
const bodies = ['010203', '04', '05'.repeat(300), '0607'];

function read(chunks: readonly Uint8Array[], limit_bytes?: number) {
  const decoder = new FrameDecoder(limit_bytes);
  const got: string[] = [];
  const faults = chunks.map((chunk) => decoder.push(chunk, (body) => got.push(hex(body))));
  return { got, fault: faults.find((fault) => fault !== null) ?? null, held: decoder.held_bytes };
}

describe('frames come out whole however the stream is cut', () => {
  test('in one piece', () => {
    expect(read([stream])).toEqual({ got: bodies, fault: null, held: 0 });
  });
  test('in two pieces, cut at every byte', () => {
    for (let cut = 0; cut <= stream.length; cut++)
      expect(read([stream.subarray(0, cut), stream.subarray(cut)]).got, `cut at ${cut}`).toEqual(bodies);
  });
  test('byte by byte', () => {
    expect(read([...stream].map((byte) => Uint8Array.of(byte))).got).toEqual(bodies);
  });
});

test('a frame under way is counted', () => {
  expect(read([Uint8Array.of(0)]).held).toBe(1);
  expect(read([Uint8Array.of(0, 3, 1)]).held).toBe(3);
});

test.each([
  ['empty', Uint8Array.of(0, 0), [], 'a frame of 0 bytes'],
  ['longer than allowed', Uint8Array.of(0xff, 0xff), [], 'a frame of 65535 bytes'],
  ['longer than allowed after a good one', Uint8Array.of(0, 1, 9, 0, 11), ['09'], 'a frame of 11 bytes'],
])('a frame that is %s is refused', (_, bytes, got, what) => {
  for (const chunks of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
    const result = read(chunks, 10);
    expect(result.got).toEqual(got);
    expect(result.fault).toMatchObject({ code: 'frame_length', what: expect.stringContaining(what) });
  }
});

test('50,000 random and mutated frames: refused or packed back to the same bytes, never a crash', () => {
  const report = fuzzFrames({ count: 50_000, seed: 20250701 });
  expect(report.accepted).toBeGreaterThan(1_000);
  for (const code of [
    'digits',
    'characters',
    'field_length',
    'field_cut',
    'unknown_field',
    'rest',
    'padding',
    'frame_length',
  ])
    expect(report.refusals[code], code).toBeGreaterThan(0);
});
