// Draws /api/openapi.json: routes by tag, each with its parameters, body and answers.
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const answer = await fetch('/api/openapi.json');
const document_ = await answer.json();
const routes = document.getElementById('routes');

// Text goes in as text: nothing of the document is read as markup.
function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function referred(schema) {
  const name = schema?.$ref?.split('/').pop();
  return name ? document_.components?.schemas?.[name] : undefined;
}

// A schema as a line of TypeScript would say it; `seen` keeps circles finite.
function shape(schema, indent = '', seen = []) {
  if (!schema) return 'any';
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return seen.includes(name) ? name : shape(referred(schema), indent, [...seen, name]);
  }
  const parts = schema.oneOf ?? schema.anyOf;
  if (parts) return parts.map((part) => shape(part, indent, seen)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => shape(part, indent, seen)).join(' & ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const types = [schema.type ?? 'any'].flat();
  return types
    .map((type) => {
      if (type === 'array') return `${shape(schema.items, indent, seen)}[]`;
      if (type !== 'object' || !schema.properties) return schema.format ? `${type} (${schema.format})` : type;
      const inner = `${indent}  `;
      const lines = Object.entries(schema.properties).map(([name, property]) => {
        const optional = schema.required?.includes(name) ? '' : '?';
        const note = property.description ? `  // ${property.description.replaceAll('\n', ' ')}` : '';
        return `${inner}${name}${optional}: ${shape(property, inner, seen)}${note}`;
      });
      return `{\n${lines.join('\n')}\n${indent}}`;
    })
    .join(' | ');
}

function body(content) {
  return Object.entries(content ?? {}).map(([type, media]) =>
    element('div', '', element('code', type), element('pre', shape(media.schema))),
  );
}

function drawn(path, method, operation) {
  const summary = element('summary', '', element('b', method.toUpperCase()), element('code', path), ' ');
  summary.append(element('span', operation.summary ?? ''));
  const details = element('details', '', summary);
  details.dataset.text = `${method} ${path} ${operation.summary ?? ''}`.toLowerCase();
  if (operation.description) details.append(element('p', operation.description));
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((one) =>
      element('tr', '', element('td', '', element('code', one.name)), element('td', one.in), element('td', shape(one.schema)), element('td', one.description ?? '')),
    );
    details.append(element('h4', 'Parameters'), element('table', '', ...rows));
  }
  if (operation.requestBody) details.append(element('h4', 'Body'), ...body(operation.requestBody.content));
  details.append(element('h4', 'Answers'));
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    details.append(element('p', `${status} ${response.description ?? ''}`), ...body(response.content));
  }
  return details;
}

const tags = new Map();
for (const [path, item] of Object.entries(document_.paths)) {
  for (const method of METHODS) {
    const operation = item[method];
    if (!operation) continue;
    const tag = operation.tags?.[0] ?? 'other';
    tags.set(tag, [...(tags.get(tag) ?? []), drawn(path, method, operation)]);
  }
}
routes.replaceChildren(
  ...[...tags].sort().map(([tag, operations]) => element('section', '', element('h2', tag), ...operations)),
);

document.getElementById('find').addEventListener('input', (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const details of routes.querySelectorAll('details')) details.hidden = !details.dataset.text.includes(wanted);
  for (const section of routes.querySelectorAll('section')) {
    section.hidden = !section.querySelector('details:not([hidden])');
  }
});
