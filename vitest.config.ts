import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,sim,tools,test,bench,web}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
});
