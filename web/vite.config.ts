import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The browser floor of the product; `public/boot.js` sends older ones to a plain page.
const floor = ['chrome109', 'firefox115', 'safari15'];

// Where `npm run dev` and `npm run preview` find the server.
const server = process.env.KAFEDRA_URL ?? 'http://127.0.0.1:8080';
const proxy = {
  '/api': { target: server },
  '/rtc': { target: server, ws: true },
};

// What the reader of PDF fetches by name while it works. The version in the folder's name lets browsers keep it.
const reader = fileURLToPath(new URL('./node_modules/pdfjs-dist/', import.meta.url));
const { version } = JSON.parse(readFileSync(`${reader}package.json`, 'utf8')) as { version: string };
const readerFolder = `assets/pdfjs-${version}/`;
const readerFiles = [
  ...readdirSync(`${reader}standard_fonts`).map((name) => `standard_fonts/${name}`),
  'wasm/openjpeg_nowasm_fallback.js',
];
const layOutReaderFiles: Plugin = {
  name: 'reader-files',
  apply: 'build',
  generateBundle() {
    for (const name of readerFiles) {
      this.emitFile({ type: 'asset', fileName: readerFolder + name, source: readFileSync(reader + name) });
    }
  },
};

export default defineConfig(({ command }) => ({
  plugins: [react(), layOutReaderFiles],
  define: {
    READER_FILES: JSON.stringify(command === 'build' ? `/${readerFolder}` : '/node_modules/pdfjs-dist/'),
  },
  // The reader works in a module; every browser above the floor runs such workers.
  worker: { format: 'es' },
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
}));
