import fc from 'fast-check';
import { compileTemplate, type Template } from '../../../server/src/domain/template';
import { measure } from '../../../server/src/domain/segments';

const order = {
  number: 1042,
  customerName: 'Олена',
  customerPhone: '380671234567',
  total: '1234.5',
  discount: 0,
  comment: '',
  waybill: null,
  paid: true,
  createdAt: '2026-01-15T22:30:00.000Z',
  deliverOn: '2026-02-05',
  deliverAt: '14:30:00.000',
  state: 'shipped',
  size: undefined,
  tags: ['терміново', 'подарунок'],
  items: [
    { name: 'Чай', quantity: 2, price: 99.9 },
    { name: 'Мед', quantity: 1, price: 250 },
  ],
  user: { email: 'olena@example.com', city: { name: 'Львів' } },
  before: { state: 'paid' },
};

function compiled(source: string): Template {
  const result = compileTemplate(source);
  if (!result.ok) throw new Error(`${source}: ${result.message}`);
  return result.template;
}
const rendered = (source: string, context: Record<string, unknown> = order) => compiled(source).render(context);

describe('text', () => {
  test.each([
    ['Привіт, {{ customerName }}!', 'Привіт, Олена!'],
    ['№{{ number }}: {{ before.state }} -> {{ state }}', '№1042: paid -> shipped'],
    ['{{ user.city.name | upcase }}', 'ЛЬВІВ'],
    ['{{ items[0].name }}, {{ items.1.name }}', 'Чай, Мед'],
    ['{{ waybill | default: "ще немає" }}', 'ще немає'],
    ['{{ comment | strip | default: "—" }}', '—'],
    ['{{ waybill | default: comment | default: number }}', '1042'],
    ['{{ waybill | default: "" }}.', '.'],
    ['{{ discount }}', '0'],
    ['{{ total | money }} грн', '1234.50 грн'],
    ['{{ total | times: 1.2 | money }}', '1481.40'],
    ['{{ 1.005 | money }}', '1.01'],
    ['{{ 0.1 | plus: 0.2 }}', '0.3'],
    ['{{ total | minus: 0.5 | divided_by: 2 | round }}', '617'],
    ['{{ 10 | divided_by: 3 | round: 2 }}', '3.33'],
    ['{{ customerPhone | phone }}', '+380 67 123 4567'],
    ['{{ customerName | translit }}', 'Olena'],
    ['{{ tags | join }}', 'терміново, подарунок'],
    ['{{ tags | join: "/" }}', 'терміново/подарунок'],
    ['{{ tags | first | capitalize }}', 'Терміново'],
    ['{{ tags | last | slice: 0, 3 }}', 'под'],
    ['{{ tags | size }}', '2'],
    ['{{ "a-b" | split: "-" | join: "+" }}', 'a+b'],
    ['{{ user.email | truncate: 8, "…" }}', 'olena@e…'],
    ['{{ state | replace: "ship", "unship" | remove: "un" | append: "!" | prepend: "<" | downcase }}', '<shipped!'],
    ['a\r\nb', 'a\nb'],
    ['{% comment %}{{ nope }}{% endcomment %}так', 'так'],
  ])('%s', (source, text) => {
    expect(rendered(source)).toEqual({ ok: true, text });
  });

  test.each([
    ['{% if paid %}a{% else %}b{% endif %}', 'a'],
    ['{% if nope %}a{% else %}b{% endif %}', 'b'],
    ['{% if nope.deeper > 3 %}a{% elsif waybill %}b{% else %}c{% endif %}', 'c'],
    ['{% if comment %}a{% else %}b{% endif %}', 'b'],
    ['{% if discount %}a{% else %}b{% endif %}', 'b'],
    ['{% if nope | upcase %}a{% else %}b{% endif %}', 'b'],
    ['{% if nope | money %}a{% else %}b{% endif %}', 'b'],
    ['{% unless waybill %}a{% endunless %}', 'a'],
    ['{% if total > 1000 and tags contains "терміново" %}a{% endif %}', 'a'],
    ['{% case state %}{% when "paid" %}a{% when "shipped", "sent" %}b{% else %}c{% endcase %}', 'b'],
    ['{% case nope %}{% when "paid" %}a{% else %}c{% endcase %}', 'c'],
    [
      '{% for i in items %}{{ i.name }}×{{ i.quantity }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
      'Чай×2, Мед×1',
    ],
    ['{% for i in items limit: 1 %}{{ forloop.index }}{% endfor %}', '1'],
    ['{% for i in waybill %}a{% else %}b{% endfor %}', 'b'],
    [
      '{% assign l = "" %}{% for t in tags %}{% assign l = l | append: t | append: ";" %}{% endfor %}{{ l }}',
      'терміново;подарунок;',
    ],
    [
      '{% assign sum = 0 %}{% for i in items %}{% assign line = i.price | times: i.quantity %}{% assign sum = sum | plus: line %}{% endfor %}{{ sum | money }}',
      '449.80',
    ],
  ])('%s', (source, text) => {
    expect(rendered(source)).toEqual({ ok: true, text });
  });
});

describe('dates are in Kyiv time and in Ukrainian', () => {
  test.each([
    ['{{ createdAt | date }}', '16.01.2026 00:30'],
    ['{{ createdAt | date: "%d %B %Y, %A, %H:%M" }}', '16 січня 2026, пʼятниця, 00:30'],
    ['{{ "2026-07-15T22:30:00Z" | date: "%R" }}', '01:30'],
    ['{{ "2026-01-16T10:00:00" | date: "%R" }}', '10:00'],
    ['{{ "2026-01-16T10:00:00+05:00" | date: "%R" }}', '07:00'],
    ['{{ deliverOn | date: "%-d.%m.%y 100%%" }}', '5.02.26 100%'],
    ['{{ deliverAt | date: "%H:%M" }}', '14:30'],
    ['{{ 1768516200 | date: "%F %R" }}', '2026-01-16 00:30'],
    ['{{ 1768516200000 | date: "%F %R" }}', '2026-01-16 00:30'],
  ])('%s', (source, text) => {
    expect(rendered(source)).toEqual({ ok: true, text });
  });

  test('a Date object, as some databases give it', () => {
    expect(rendered('{{ at | date: "%R" }}', { at: new Date('2026-01-15T22:30:00Z') })).toEqual({
      ok: true,
      text: '00:30',
    });
  });

  test.each(['now', 'today', 'tomorrow', '2026-02-30', '31.01.2026', 'x'])('%s is no date', (value) => {
    expect(rendered('{{ at | date }}', { at: value })).toMatchObject({ ok: false, reason: 'template_error' });
  });
});

describe('a placeholder without a value is refused and named', () => {
  test.each([
    ['Шановна {{ waybill }}, дякуємо', 'waybill'],
    ['{{ nope }}', 'nope'],
    ['{{ user.nope.deeper }}', 'user.nope.deeper'],
    ['{{ comment }}', 'comment'],
    ['{{ size }}', 'size'],
    ['{{ items.size }}', 'items.size'],
    ['{{ customerName.length }}', 'customerName.length'],
    ['{{ waybill | append: "!" }}', 'waybill'],
    ['{{ comment | upcase | prepend: "№" }}', 'comment'],
    ['{{ "Шановна " | append: nope }}', 'nope'],
    ['{{ customerName | append: comment }}', 'comment'],
    ['{{ waybill | default: comment }}', 'waybill'],
    ['{{ customerName | remove: "Олена" }}', 'customerName'],
    ['{% assign x = waybill | append: "!" %}{{ x }}', 'x'],
    ['{% assign x = comment %}{{ "a" | append: x }}', 'x'],
    ['{% if paid %}{{ waybill }}{% endif %}', 'waybill'],
    ['{% for i in items %}{{ i.nope }}{% endfor %}', 'i.nope'],
    ['{% for i in nope %}a{% endfor %}', 'nope'],
  ])('%s', (source, place) => {
    expect(rendered(source)).toEqual({
      ok: false,
      reason: 'empty_placeholder',
      message: expect.stringContaining(`Placeholder ${place} is empty`),
    });
  });

  test('whitespace alone is no value', () => {
    expect(rendered('{{ name }}', { name: ' \n' })).toMatchObject({ ok: false, reason: 'empty_placeholder' });
  });
});

test.each([
  ['{{ items }}', /list or an object/],
  ['{{ user }}', /list or an object/],
  ['{{ items | join }}', /list of objects/],
  ['{{ customerName | plus: 1 }}', /plus.*not a number/],
  ['{{ total | plus: customerName }}', /plus.*not a number/],
  ['{{ customerName | money }}', /money.*not a number/],
  ['{{ total | divided_by: discount }}', /divides by zero/],
  ['{{ total | round: 99 }}', /round/],
  ['{{ createdAt | date: "%Q" }}', /does not know %Q/],
  ['{{ 1000000000000 | times: 1000000000000 }}', /not a number people can read/],
  ['{% if user > 1 %}a{% endif %}', /line:1/],
])('%s is an error of the template', (source, message) => {
  expect(rendered(source)).toEqual({ ok: false, reason: 'template_error', message: expect.stringMatching(message) });
});

test('what is no finite number is no value', () => {
  expect(rendered('{{ a | join }}', { a: [Number.NaN, 1, Infinity] })).toEqual({ ok: true, text: '1' });
  expect(rendered('{{ a }}', { a: Number.NaN })).toMatchObject({ reason: 'empty_placeholder' });
});

describe('compileTemplate refuses', () => {
  test.each([
    ['{{ name', /not closed/],
    ['{% if a %}', /not closed/],
    ['{{ name surname }}', /sign missing/],
    ['{{ name, surname }}', /Unexpected/],
    ['{% assign a = b c %}', /sign missing/],
    ['{% assign = b %}', /assign is written as/],
    ['{% if name == %}a{% endif %}', /incomplete/],
    ['{{ a or b }}', /use if/],
    ['{{ a | nope }}', /undefined filter: nope.*default, upcase/],
    ['{{ a | append }}', /append takes 1/],
    ['{{ a | append: 1, 2 }}', /append takes 1/],
    ['{{ a | default: 1, allow_false: true }}', /default/],
    ['{% capture a %}{% endcapture %}', /tag "capture" not found.*if, unless/],
    ['{{ a[b] }}', /not a plain path/],
    ['{{ "text".size }}', /not a plain path/],
    [`{{ "${'x'.repeat(10_000)}" }}`, /longer than 10000/],
  ])('%s', (source, message) => {
    expect(compileTemplate(source)).toEqual({
      ok: false,
      reason: 'template_error',
      message: expect.stringMatching(message),
    });
  });
});

describe('length', () => {
  test('ten segments pass, the eleventh does not', () => {
    expect(rendered('{{ a }}', { a: 'ї'.repeat(670) }).ok).toBe(true);
    expect(rendered('{{ a }}', { a: 'ї'.repeat(671) })).toMatchObject({ ok: false, reason: 'too_long' });
    expect(rendered('{{ a }}', { a: 'a'.repeat(1530) }).ok).toBe(true);
    expect(rendered('{{ a }}', { a: 'a'.repeat(1531) })).toMatchObject({ ok: false, reason: 'too_long' });
  });

  test('a long article is shortened, not refused', () => {
    expect(rendered('{{ a | truncate: 20 }}', { a: 'слово '.repeat(30_000) })).toMatchObject({ ok: true });
  });
});

describe('paths', () => {
  test.each<[string, string[]]>([
    ['text only', []],
    ['{{ customerPhone }} {{ user.email }} {{ before.state }}', ['customerPhone', 'user.email', 'before.state']],
    ['{{ a | append: b.c | default: d }}', ['a', 'b.c', 'd']],
    ['{% if a == b.c %}{{ d }}{% elsif e %}{% else %}{{ f }}{% endif %}', ['a', 'b.c', 'e', 'd', 'f']],
    ['{% for i in items %}{{ i.name }}{{ forloop.index }}{{ j }}{% endfor %}', ['items', 'j']],
    ['{% for i in (1..count) %}{{ i }}{% endfor %}', ['count']],
    ['{% assign a = b %}{{ a }}{{ a.c }}', ['b']],
    ['{{ a }}{% assign a = 1 %}{{ a }}', ['a']],
    ['{% case a %}{% when b, "c" %}{{ d }}{% endcase %}', ['a', 'b', 'd']],
    ['{{ items[0].name }}', ['items.0.name']],
    ['{{ a }}{{ a }}', ['a']],
    ['{{ місто.назва }}', ['місто.назва']],
  ])('%s', (source, paths) => {
    const template = compiled(source);
    expect([...template.paths].sort()).toEqual([...paths].sort());
    expect(template.source).toBe(source);
  });
});

test('a text within ten segments is normalised and never unreadable, whatever the fields hold', () => {
  const source =
    '{{ name }} {{ number | default: 0 }} {% for i in items %}{{ i.name | default: "?" }},{% endfor %}' +
    '{% if total > 5 %}{{ total | money }}{% endif %}{{ user.city | upcase | default: "—" }}{{ tags | join | default: "" }}';
  const template = compiled(source);
  const unreadable = /undefined|null|\[object|NaN|Infinity|function/;
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter((text) => !unreadable.test(text)),
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, undefined, true, ''),
  );
  const context = fc.record(
    {
      name: scalar,
      number: scalar,
      total: fc.oneof(scalar, fc.constantFrom('7.5', '10')),
      items: fc.oneof(scalar, fc.array(fc.record({ name: scalar }))),
      tags: fc.oneof(scalar, fc.array(scalar)),
      user: fc.oneof(scalar, fc.record({ city: scalar })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(context, (fields) => {
      const before = JSON.stringify(fields);
      const result = template.render(fields);
      if (result.ok) expect(result.text).not.toMatch(unreadable);
      if (result.ok) expect(measure(result.text).segmentCount).toBeLessThanOrEqual(10);
      expect(template.render(fields)).toEqual(result);
      expect(JSON.stringify(fields)).toBe(before);
    }),
    { numRuns: 3000 },
  );
});
