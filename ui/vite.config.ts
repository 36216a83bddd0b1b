import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the server; the fixture server and the real one both listen here. */
const server = process.env.TIDEGATE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server } } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // light-dark() and color-mix() stay as they are written; browsers know them since spring 2024.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Nothing becomes a data: address, so that the content security policy needs none for scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks: (id: string) => {
          if (id.includes('@xyflow') || id.includes('/d3-')) return 'graph';
          if (id.includes('@mantine')) return 'mantine';
          if (id.includes('node_modules/react') || id.includes('@tanstack')) return 'react';
          return undefined;
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
