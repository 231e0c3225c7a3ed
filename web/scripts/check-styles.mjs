// Every Mantine component that our sources name must bring its styles: src/shared/ui/styles.ts lists them,
// in the order of Mantine's own sheet, since of two rules the later one wins.
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
const whole = readFileSync(join(web, 'node_modules/@mantine/core/styles.css'), 'utf8');
const placeOf = (name) => {
  const rule = /m_[0-9a-f]+/.exec(readFileSync(join(styles, `${name}.css`), 'utf8'));
  return rule ? whole.indexOf(rule[0]) : -1;
};
const places = [...listed].filter((name) => existsSync(join(styles, `${name}.css`))).map((name) => [name, placeOf(name)]);
const early = places.find(([, place], index) => index > 0 && place < places[index - 1][1]);
if (early) {
  process.stderr.write(`src/shared/ui/styles.ts: ${early[0]} must stand higher, as in Mantine's sheet\n`);
  process.exit(1);
}
if (missing.length > 0) {
  process.stderr.write(`src/shared/ui/styles.ts lacks ${missing.join(', ')}\n`);
  process.exit(1);
}
