import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The browser floor of the product; `public/boot.js` sends older ones to a plain page.
const floor = ['chrome109', 'firefox115', 'safari15'];

// Where `npm run dev` and `npm run preview` find the server.
const server = process.env.KAFEDRA_URL ?? 'http://127.0.0.1:8080';
const proxy = {
  '/api': { target: server },
  '/rtc': { target: server, ws: true },
};

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: floor,
    cssTarget: floor,
    // `npm run size` reads the manifest to know what a page must load.
    manifest: true,
    // The policy of the server allows no data: scripts and few data: pictures, so nothing is inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy },
  preview: { proxy },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/shared/testing/setup.ts'],
    css: false,
    // Generous: a busy machine draws a dialog slowly, and a hang still ends.
    testTimeout: 30_000,
    // One page for all files of a worker: making a new one for each costs more than the tests themselves.
    pool: 'threads',
    isolate: false,
  },
});
