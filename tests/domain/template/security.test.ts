import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { compileTemplate } from '../../../server/src/domain/template';
import { createEngine, TAGS } from '../../../server/src/domain/template/engine';
import { FILTERS } from '../../../server/src/domain/template/filters';

const SECRET = 'Zq7secretZq7';

/** Outcome of compiling and rendering, whatever it is, as one text: nothing of it may leak. */
function outcome(source: string, context: Record<string, unknown> = {}): string {
  const result = compileTemplate(source);
  if (!result.ok) return `refused: ${result.message}`;
  const rendered = result.template.render(context);
  return rendered.ok ? `text: ${rendered.text}` : `${rendered.reason}: ${rendered.message}`;
}

class Account {
  name = 'Олена';
  #password = SECRET;
  get password() {
    return this.#password;
  }
  reveal() {
    return SECRET;
  }
}

const hostile = () => ({
  name: 'Олена',
  account: new Account(),
  inherited: Object.create({ password: SECRET, 0: SECRET }) as object,
  callable: () => SECRET,
  box: {
    call: () => SECRET,
    toLiquid: () => SECRET,
    toString: () => SECRET,
    valueOf: () => SECRET,
    indexOf: () => true,
  },
  iterable: { [Symbol.iterator]: () => [SECRET][Symbol.iterator](), [Symbol.toPrimitive]: () => SECRET },
  buffer: Buffer.from(SECRET),
  map: new Map([['password', SECRET]]),
  list: [1, 2, 3],
  date: new Date('2026-01-15T22:30:00Z'),
});

const REACHES = [
  'constructor',
  'constructor.constructor',
  '__proto__',
  '__proto__.password',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'name.constructor',
  'name.length',
  'name.toUpperCase',
  'name.__proto__',
  'list.constructor',
  'list.length',
  'list.map',
  'list.__proto__.push',
  'account.password',
  'account.reveal',
  'account.constructor.name',
  'inherited.password',
  'inherited.0',
  'callable',
  'box.call',
  'box.toLiquid',
  'box.toString',
  'iterable.size',
  'buffer.length',
  'map.size',
  'map.password',
  'date.getTime',
  'globalThis.process',
  'process.env.HOME',
  'require',
  'this',
  'self',
  'environments',
  'scopes',
  'opts',
  'liquid',
];

describe('nothing but own data can be reached', () => {
  test.each(REACHES)('{{ %s }} is a missing value', (path) => {
    const text = outcome(`{{ ${path} }}`, hostile());
    expect(text).toMatch(/^empty_placeholder: /);
    expect(text).not.toContain(SECRET);
    expect(outcome(`{% if ${path} %}reached{% else %}absent{% endif %}`, hostile())).toBe('text: absent');
  });

  test.each([
    '{% for x in box %}{{ x[1] }}{% endfor %}',
    '{% for x in iterable %}{{ x }}{% endfor %}',
    '{% for x in map %}{{ x }}{% endfor %}',
    '{% for x in buffer %}{{ x }}{% endfor %}',
    '{% for x in inherited %}{{ x }}{% endfor %}',
    '{% for x in account %}{{ x }}{% endfor %}',
    '{% for x in list %}{{ forloop.constructor }}{% endfor %}',
    '{% for x in list %}{{ forloop.__proto__.next }}{% endfor %}',
    '{% for x in list %}{{ forloop.valueOf }}{% endfor %}',
    '{% if box contains "x" %}reached{% endif %}',
    '{% if box == "Zq7secretZq7" %}reached{% endif %}',
    '{% if iterable > "A" %}reached{% endif %}',
    '{{ "x" | append: box }}',
    '{{ box | join }}',
    '{{ box | upcase }}',
    '{{ box | date }}',
    '{{ box | phone }}',
    '{{ box | translit }}',
    '{{ iterable | first }}',
    '{{ iterable | split: "" }}',
    '{% assign x = box %}{{ x }}',
    '{% assign constructor = "a" %}{{ constructor.constructor }}',
    '{% assign __proto__ = box %}{{ password }}',
  ])('%s shows nothing', (source) => {
    const text = outcome(source, hostile());
    expect(text).not.toContain(SECRET.slice(0, 3));
    expect(text).not.toContain('reached');
  });

  test.each(['name', 'next', 'constructor', 'valueOf', '__proto__', 'i'])('forloop.%s stays out of reach', (key) => {
    expect(outcome(`{% for x in list %}{{ forloop.${key} }}{% endfor %}`, hostile())).toMatch(/^empty_placeholder: /);
  });

  test.each(['account', 'map', 'buffer', 'iterable', 'callable'])('%s is no data to loop over', (name) => {
    expect(outcome(`{% for x in ${name} %}reached{% else %}empty{% endfor %}`, hostile())).not.toContain('reached');
  });

  test('a template changes neither prototypes nor the entry', () => {
    const entry = { a: { b: 1 } };
    outcome('{% assign __proto__ = "x" %}{% assign a = 2 %}{% for constructor in a %}{% endfor %}', entry);
    expect(entry).toEqual({ a: { b: 1 } });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(outcome('{{ a }}', {})).toMatch(/^empty_placeholder/);
  });

  test('any path through any object gives own plain data or nothing', () => {
    const segment = fc.constantFrom(...REACHES.flatMap((path) => path.split('.')).filter((part) => !/^\d/.test(part)));
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', ' | upcase', ' | append: "x"'),
        (path, filter) => {
          const text = outcome(`{{ ${path.join('.')}${filter} }}`, hostile());
          expect(text).not.toContain(SECRET);
          if (!['name', 'account.name'].includes(path.join('.')) && path[0] !== 'date' && path[0] !== 'list')
            expect(text).toMatch(/^(empty_placeholder|template_error)/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('only the listed tags and filters exist', () => {
  const removed = [
    'include',
    'render',
    'layout',
    'block',
    'tablerow',
    'increment',
    'decrement',
    'capture',
    'cycle',
    'liquid',
    'echo',
    'raw',
    'break',
    'continue',
    '#',
    'style',
    'script',
    'section',
  ];

  test.each(removed)('no tag %s', (tag) => {
    expect(outcome(`{% ${tag} "package.json" %}{% end${tag} %}`)).toMatch(/^refused: .*not found/);
  });

  test('of what LiquidJS itself registers, the listed tags and filters are left', () => {
    const fresh = new Liquid();
    for (const tag of Object.keys(fresh.tags).filter((name) => !(TAGS as readonly string[]).includes(name))) {
      expect(outcome(`{% ${tag} a %}`)).toMatch(/^refused: .*not found/);
    }
    const engine = createEngine();
    expect(Object.keys(engine.tags).sort()).toEqual([...TAGS].sort());
    expect(Object.keys(engine.filters).sort()).toEqual(Object.keys(FILTERS).sort());
    for (const filter of Object.keys(fresh.filters)) {
      if (filter in FILTERS) continue;
      expect(outcome(`{{ "x" | ${filter} }}`)).toMatch(/^refused: .*undefined filter/);
    }
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('no inherited filter or tag %s', (name) => {
    expect(outcome(`{{ "x" | ${name} }}`)).toMatch(/^refused: .*undefined filter/);
    expect(outcome(`{% ${name} %}`)).toMatch(/^refused: .*not found/);
  });
});

describe('exhaustion is refused, quickly', () => {
  const big = Array.from({ length: 3000 }, (_, index) => index);
  test.each<[string, string, Record<string, unknown>]>([
    ['a huge range', '{% for i in (1..1000000000) %}{% endfor %}', {}],
    [
      'nested ranges',
      '{% for i in (1..900) %}{% for j in (1..900) %}{% for k in (1..900) %}{% endfor %}{% endfor %}{% endfor %}',
      {},
    ],
    ['nested loops over data', '{% for i in big %}{% for j in big %}{% endfor %}{% endfor %}', { big }],
    [
      'doubling a text',
      `{% assign s = "0123456789" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s | size }}`,
      {},
    ],
    [
      'multiplying by replace',
      `{% assign s = "aaaaaaaaaa" %}${'{% assign s = s | replace: "a", "aaaaaaaaaa" %}'.repeat(12)}{{ s | size }}`,
      {},
    ],
    ['a wide date', '{{ "2026-01-01" | date: "%1000000000Y" }}', {}],
    ['a huge slice', '{% assign n = "x" | slice: 0, 1000000000 %}{{ n }}', {}],
    ['an endless text', '{% for i in (1..9000) %}0123456789{% endfor %}', {}],
    ['an entry with too many values', '{{ big | join }}', { big: Array.from({ length: 30_000 }, String) }],
    ['a huge number', `{{ ${'9'.repeat(5000)} | times: ${'9'.repeat(4000)} }}`, {}],
    ['deep nesting', `${'{% if a %}'.repeat(450)}${'{% endif %}'.repeat(450)}${'x'.repeat(2000)}`, { a: 1 }],
    ['open tags', '{% if a %}'.repeat(990), {}],
    ['open braces', '{{'.repeat(4990), {}],
    ['pipes', `{{ a ${'| upcase '.repeat(1000)} }}`, { a: 'x'.repeat(2000) }],
    ['operators', `{% if a ${'and a '.repeat(1900)} %}x{% endif %}`, {}],
  ])('%s', (_name, source, context) => {
    const started = process.cpuUsage();
    const text = outcome(source, context);
    const { user } = process.cpuUsage(started);
    expect(text.length).toBeLessThan(2000);
    expect(user / 1000).toBeLessThan(2000);
  });

  test('an entry with too many values is refused whole', () => {
    expect(outcome('{{ many | size }}', { many: Array.from({ length: 30_000 }, String) })).toMatch(
      /^template_error: Entry is too large/,
    );
  });

  test('a cycle in an entry ends', () => {
    const entry: Record<string, unknown> = { name: 'Олена' };
    entry['self'] = entry;
    expect(outcome('{{ self.self.self.name }}{% for p in self %}{% endfor %}', entry)).toBe('text: Олена');
  });
});

test('no sequence of characters makes it throw, and no value of the entry comes out in a message', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '{%-',
      '-%}',
      '|',
      ':',
      ',',
      '.',
      '[',
      ']',
      '(',
      ')',
      '..',
      '"',
      "'",
      '=',
      '==',
      '<>',
      '>',
      ' ',
      '\n',
      ' if ',
      ' endif ',
      ' unless ',
      ' endunless ',
      ' for ',
      ' in ',
      ' endfor ',
      ' case ',
      ' when ',
      ' endcase ',
      ' assign ',
      ' else ',
      ' elsif ',
      ' comment ',
      ' endcomment ',
      ' and ',
      ' or ',
      ' not ',
      ' contains ',
      ' nil ',
      ' empty ',
      ' blank ',
      ' true ',
      ' reversed ',
      ' limit:',
      ' offset:',
      'a',
      'list',
      'user.name',
      'forloop',
      '0',
      '-1',
      '9e9',
      '__proto__',
    ),
    fc.constantFrom(...Object.keys(FILTERS).map((name) => `| ${name}`)),
    fc.string({ maxLength: 5 }),
  );
  const entry = { a: SECRET, list: [SECRET, { x: SECRET }], user: { name: SECRET } };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = outcome(pieces.join(''), entry);
      if (!text.startsWith('text: ')) expect(text).not.toContain(SECRET);
    }),
    { numRuns: 10_000 },
  );
}, 60_000);

describe('paths found are paths read', () => {
  const name = fc.constantFrom('a', 'b', 'user.email', 'user.city.name', 'before.state', 'list', 'x', 'i', 'i.name');
  const operand = fc.oneof(name, fc.constantFrom('"text"', '5', 'nil'));
  const { block } = fc.letrec<{ block: string }>((tie) => ({
    block: fc.oneof(
      { depthSize: 'small' },
      fc.constant('text '),
      name.map((path) => `{{ ${path} | default: "-" }}`),
      fc.tuple(name, name).map(([path, other]) => `{{ ${path} | default: ${other} | default: "-" }}`),
      fc.tuple(name, operand).map(([path, value]) => `{% assign x = ${value} | default: ${path} %}`),
      fc
        .tuple(name, fc.constantFrom('==', '!=', 'contains'), operand, tie('block'), tie('block'))
        .map(([path, op, value, yes, no]) => `{% if ${path} ${op} ${value} %}${yes}{% else %}${no}{% endif %}`),
      fc.tuple(name, tie('block')).map(([path, body]) => `{% unless ${path} %}${body}{% endunless %}`),
      fc
        .tuple(tie('block'), tie('block'))
        .map(([body, none]) => `{% for i in list %}${body}{% else %}${none}{% endfor %}`),
      fc
        .tuple(name, operand, tie('block'), tie('block'))
        .map(([path, value, yes, no]) => `{% case ${path} %}{% when ${value} %}${yes}{% else %}${no}{% endcase %}`),
      fc.tuple(tie('block'), tie('block')).map((blocks) => blocks.join('')),
    ),
  }));
  const scalar = fc.constantFrom('text', '', 5, null, undefined);
  const named = fc.record({ name: scalar }, { noNullPrototype: true });
  const context = fc.record(
    {
      a: scalar,
      b: scalar,
      x: scalar,
      i: named,
      user: fc.record({ email: scalar, city: named }, { noNullPrototype: true }),
      before: fc.record({ state: scalar }, { noNullPrototype: true }),
      list: fc.array(named, { maxLength: 3 }),
    },
    { noNullPrototype: true },
  );

  /** Records what a plain LiquidJS, which knows nothing of our checks, asks of the entry. */
  function recording(target: object, prefix: string, read: Set<string>): object {
    return new Proxy(target, {
      get(owner, key) {
        const value: unknown = Reflect.get(owner, key);
        if (typeof key !== 'string' || !Object.hasOwn(owner, key)) return value;
        const path = prefix + key;
        // A list is read whole; an object on the way is not what the template asked for, its field is.
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          return recording(value, `${path}.`, read);
        read.add(path);
        return value;
      },
    });
  }

  test('everything a plain LiquidJS reads is listed', () => {
    const plain = new Liquid({ ownPropertyOnly: true, jsTruthy: true });
    let reads = 0;
    fc.assert(
      fc.property(block, context, (source, fields) => {
        const result = compileTemplate(source);
        if (!result.ok) throw new Error(result.message);
        const read = new Set<string>();
        plain.parseAndRenderSync(source, recording(fields, '', read));
        // A listed list or object covers what is in it. Names that the template makes (x, and i beside a loop) are its own
        // everywhere: they never mean the entry's field of the same name.
        const listed = (path: string) =>
          result.template.paths.some((known) => path === known || path.startsWith(`${known}.`));
        const own = source.includes('{% for') ? ['x', 'i'] : ['x'];
        const unlisted = [...read].filter((path) => !listed(path) && !own.includes(path.split('.')[0] ?? ''));
        reads += read.size;
        expect(unlisted).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(reads).toBeGreaterThan(3000);
  });

  test('everything listed is written in the template, and nothing unlisted changes the text', () => {
    fc.assert(
      fc.property(block, context, context, (source, fields, others) => {
        const result = compileTemplate(source);
        if (!result.ok) throw new Error(result.message);
        const { paths } = result.template;
        const render = (entry: Record<string, unknown>) => result.template.render(entry);
        for (const path of paths) expect(source).toContain(path);
        const heads = new Set(paths.map((path) => path.split('.')[0]));
        const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => heads.has(key)));
        expect(render({ ...others, ...kept })).toEqual(render(fields));
        expect(render(kept)).toEqual(render(fields));
      }),
      { numRuns: 2000 },
    );
  });
});

test('rendering does not depend on the zone or the language of the host', () => {
  const script = `
    const path = require('node:path');
    const { transformSync } = require('@swc/core');
    require.extensions['.ts'] = (module, file) =>
      module._compile(transformSync(require('node:fs').readFileSync(file, 'utf8'), {
        filename: file, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, file);
    const { compileTemplate } = require(path.resolve('server/src/domain/template.ts'));
    const { template } = compileTemplate('{{ a | date: "%A %d %B %R" }} {{ b | date }} {{ c | money }}');
    process.stdout.write(JSON.stringify(template.render({ a: '2026-01-15T22:30:00Z', b: '2026-07-01T08:00', c: 1234.5 })));
  `;
  const outputs = [
    { TZ: 'UTC', LANG: 'C' },
    { TZ: 'Pacific/Auckland', LANG: 'en_NZ.UTF-8', LC_ALL: 'en_NZ.UTF-8' },
  ].map(
    (env) => spawnSync(process.execPath, ['-e', script], { env: { ...process.env, ...env }, encoding: 'utf8' }).stdout,
  );
  expect(outputs).toEqual(Array(2).fill('{"ok":true,"text":"пʼятниця 16 січня 00:30 01.07.2026 08:00 1234.50"}'));
});
