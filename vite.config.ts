/** The two web parts, `vite build --mode widget` (widget.js) and `--mode console` (the agents' page), and the tests. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const tests = (...tiers: string[]) => tiers.map((tier) => `test/${tier}/**/*.test.ts`);

const parts = {
  widget: {
    root: here('src/widget'),
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: here('dist/web/widget'),
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry: here('src/widget/main.tsx'), formats: ['iife'], name: 'firstline', fileName: () => 'widget.js' },
    },
  },
  console: {
    root: here('src/console/web'),
    base: '/console/',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
    build: {
      outDir: here('dist/web/console'),
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {
        // Every file of Fluent UI says "use client", for servers that render React; there is none here.
        onLog: (level: string, log: { code?: string }, handle: (level: string, log: object) => void) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
        },
      },
    },
  },
  test: {
    test: {
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      // Text that a run prints in passing is for the one test that fails, not for the page.
      silent: 'passed-only',
      projects: [
        // A worker process keeps what it has loaded: botbuilder alone takes half a second.
        { extends: true, test: { name: 'product', include: tests('unit', 'contract', 'integration'), isolate: false } },
        // These measure time and memory, shift clocks and kill: each file in a process of its own, and after the others.
        // They wait for pages, links and starts half of the time: one more at once keeps two cores at work.
        {
          extends: true,
          test: { name: 'hardship', include: tests('faults', 'browser'), maxWorkers: 3, sequence: { groupOrder: 1 } },
        },
      ],
    },
  },
} as const;

export default defineConfig(
  ({ mode }) => (mode === 'widget' ? parts.widget : mode === 'console' ? parts.console : parts.test) as never,
);
