// Adds up what a browser must load before a page is usable and fails above the limit.
// Counted: the HTML, the entry and the page's chunks with everything they import statically, their styles,
// one language (the larger), the two font files; each as it travels, brotli where there is one.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const limitKb = 350;

// The page under the limit is the one before a call; the others are told for information.
const pages = {
  'src/features/room/routes/RoomPage.tsx': limitKb,
  'src/features/session/routes/SignInPage.tsx': limitKb,
  'src/features/home/routes/HomePage.tsx': limitKb,
};

function weigh(file) {
  const path = join(dist, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

function gather(key, files) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) gather(imported, files);
  return files;
}

const languages = ['src/app/i18n/door.ru.ts', 'src/app/i18n/door.en.ts'];
const language = languages.toSorted((a, b) => weigh(manifest[b].file) - weigh(manifest[a].file))[0];
const fonts = readdirSync(join(dist, 'assets'))
  .filter((name) => name.endsWith('.woff2'))
  .map((name) => `assets/${name}`);

let failed = false;
for (const [page, limit] of Object.entries(pages)) {
  if (!manifest[page]) continue;
  const files = gather(page, gather(language, gather('index.html', new Set(['index.html', 'boot.js', 'icon.svg', ...fonts]))));
  const sizes = [...files].map((file) => [file, weigh(file)]).toSorted((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0) / 1000;
  process.stdout.write(`${total.toFixed(1)} kB of ${limit} kB  ${page}\n`);
  if (process.argv.includes('--list')) {
    for (const [file, size] of sizes) process.stdout.write(`  ${(size / 1000).toFixed(1).padStart(7)} kB  ${file}\n`);
  }
  if (total > limit) failed = true;
}
if (failed) process.exitCode = 1;
