// Holds the layers: a feature imports itself, `shared` and `api`; `shared` imports `shared` and `api`;
// `api` imports nothing; only `app` (and main) may import features. Mantine comes through shared/ui.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const faults = [];

function layerOf(path) {
  const [layer, feature] = path.split('/');
  return layer === 'features' ? `features/${feature}` : layer;
}

function allowed(from, to) {
  if (from === to || to === 'api') return true;
  if (from === 'app' || from === 'main.tsx') return true;
  return from.startsWith('features/') && to === 'shared';
}

for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const here = relative(src, file);
  const text = readFileSync(file, 'utf8');
  for (const [, source] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    if (source.startsWith('@mantine/') && layerOf(here).startsWith('features/')) {
      faults.push(`${here}: take ${source} from @/shared/ui`);
    }
    const target = source.startsWith('@/')
      ? source.slice(2)
      : source.startsWith('.')
        ? relative(src, resolve(dirname(file), source))
        : null;
    if (target !== null && !allowed(layerOf(here), layerOf(target))) {
      faults.push(`${here}: must not import ${target}`);
    }
  }
}

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
