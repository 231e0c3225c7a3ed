// Every Mantine component that our sources name must bring its styles: src/shared/ui/styles.ts lists them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const src = join(web, 'src');
const styles = join(web, 'node_modules/@mantine/core/styles');
// What Mantine builds its components of without our naming it.
const within = ['ScrollArea', 'UnstyledButton', 'CloseButton', 'Overlay', 'ModalBase', 'Input', 'InlineInput', 'Combobox', 'Pill', 'PillsInput'];

const listed = new Set();
for (const [, name] of readFileSync(join(src, 'shared/ui/styles.ts'), 'utf8').matchAll(/styles\/([\w-]+)\.css/g)) listed.add(name);

const used = new Set(within);
for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
  for (const [, names] of text.matchAll(/(?:import|export)\s*\{([^}]*)\}\s*from '@mantine\/core'/g)) {
    for (const [name] of names.matchAll(/\b[A-Z]\w+/g)) used.add(name);
  }
}

const missing = [...used].filter((name) => existsSync(join(styles, `${name}.css`)) && !listed.has(name));
if (missing.length > 0) {
  process.stderr.write(`src/shared/ui/styles.ts lacks ${missing.join(', ')}\n`);
  process.exit(1);
}
