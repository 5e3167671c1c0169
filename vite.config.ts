/** The two web parts, `vite build --mode widget` (widget.js) and `--mode console` (the agents' page), and the tests. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
      include: ['test/**/*.test.ts'],
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Text that a run prints in passing is for the one test that fails, not for the page.
      silent: 'passed-only',
    },
  },
} as const;

export default defineConfig(
  ({ mode }) => (mode === 'widget' ? parts.widget : mode === 'console' ? parts.console : parts.test) as never,
);
