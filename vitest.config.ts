/**
 * The rings of tests, each a project of its own. `npm test` runs them one after the other
 * (scripts/test.ts); `npx vitest run --project unit` runs one.
 */
import { defineConfig } from 'vitest/config';

const PRIVATE_HOME = './test/support/private-home.ts';

interface Ring {
  readonly name: string;
  readonly include: string[];
  /** Bounds a test that hangs; no test is meant to come near it. */
  readonly timeoutMs: number;
  readonly isSerial?: boolean;
  readonly globalSetup?: string[];
}

const RINGS: readonly Ring[] = [
  {
    name: 'unit',
    include: ['src-*/**/*.test.ts', 'scripts/**/*.test.ts', 'build/**/*.test.ts'],
    timeoutMs: 30_000,
  },
  { name: 'property', include: ['test/property/**/*.test.ts'], timeoutMs: 60_000 },
  { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], timeoutMs: 60_000 },
  // These run the built programs: `npm run build` first.
  { name: 'process', include: ['test/process/**/*.test.ts'], timeoutMs: 60_000 },
  { name: 'fault', include: ['test/fault/**/*.test.ts'], timeoutMs: 60_000 },
  { name: 'renderer', include: ['test/renderer/**/*.test.ts'], timeoutMs: 60_000 },
  // One window at a time: they share the processor, and a desktop has one pointer.
  {
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    timeoutMs: 90_000,
    isSerial: true,
    globalSetup: ['./test/e2e/support/hand-on-runtime.ts'],
  },
  {
    name: 'packaged',
    include: ['test/packaged/**/*.test.ts'],
    timeoutMs: 90_000,
    isSerial: true,
    globalSetup: ['./test/e2e/support/hand-on-runtime.ts', './test/packaged/support/pack-app.ts'],
  },
];

export default defineConfig({
  test: {
    globalSetup: ['./test/support/real-home-guard.ts', './test/support/run-folder.ts'],
    projects: RINGS.map(({ name, include, timeoutMs, isSerial = false, globalSetup = [] }) => ({
      test: {
        name,
        include,
        // A process a file: os.homedir() follows HOME only in a process of its own.
        pool: 'forks' as const,
        globalSetup,
        setupFiles: [PRIVATE_HOME],
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        // Bounds a wait for something outside the test; the test's own bound is above it.
        expect: { poll: { timeout: 20_000 } },
        fileParallelism: !isSerial,
      },
    })),
  },
});
