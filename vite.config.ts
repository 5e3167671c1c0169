/** The two web parts: `vite build --mode widget` makes widget.js, `vite build --mode console` the agents' page. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) =>
  mode === 'widget'
    ? {
        root: here('src/widget'),
        publicDir: false,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        build: {
          outDir: here('dist/web/widget'),
          emptyOutDir: true,
          target: 'es2022',
          lib: { entry: here('src/widget/main.tsx'), formats: ['iife'], name: 'firstline', fileName: () => 'widget.js' },
        },
      }
    : {
        root: here('src/console/web'),
        base: '/console/',
        publicDir: false,
        oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
        build: { outDir: here('dist/web/console'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
      },
);
