// Russian and English must hold the same texts: same keys, same placeholders, every plural form of the language.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const forms = { ru: ['one', 'few', 'many', 'other'], en: ['one', 'other'] };
const plural = /_(zero|one|two|few|many|other)$/;
const faults = [];

const folders = [
  join(src, 'shared/i18n'),
  ...readdirSync(join(src, 'features')).map((feature) => join(src, 'features', feature, 'i18n')),
].filter((folder) => existsSync(folder));

function flatten(node, path = []) {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flatten(value, [...path, key]),
  );
}

const placeholders = (text) => [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name))].sort().join();

for (const folder of folders) {
  const where = folder.slice(src.length + 1);
  const texts = {};
  for (const language of Object.keys(forms)) {
    texts[language] = new Map(flatten(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))));
    for (const [key, text] of texts[language]) {
      if (text.trim() === '') faults.push(`${where}/${language}.json: ${key} is empty`);
      if (/[!]/.test(text)) faults.push(`${where}/${language}.json: ${key} has an exclamation mark`);
      if (language === 'en' && /[а-яё]/i.test(text) && !/name|language/i.test(key)) {
        faults.push(`${where}/en.json: ${key} is in Russian`);
      }
    }
  }
  const bases = {};
  for (const [language, map] of Object.entries(texts)) {
    bases[language] = new Map();
    for (const [key, text] of map) {
      const base = key.replace(plural, '');
      if (base !== key) {
        const missing = forms[language].filter((form) => !map.has(`${base}_${form}`));
        if (missing.length > 0) faults.push(`${where}/${language}.json: ${base} lacks ${missing.join(', ')}`);
      }
      const seen = bases[language].get(base);
      bases[language].set(base, seen === undefined || placeholders(text).length > seen.length ? placeholders(text) : seen);
    }
  }
  for (const [language, other] of [
    ['ru', 'en'],
    ['en', 'ru'],
  ]) {
    for (const [key, names] of bases[language]) {
      if (!bases[other].has(key)) faults.push(`${where}/${other}.json: ${key} is missing`);
      else if (language === 'ru' && bases[other].get(key) !== names) {
        faults.push(`${where}: ${key} has other placeholders in ${other}`);
      }
    }
  }
}

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
