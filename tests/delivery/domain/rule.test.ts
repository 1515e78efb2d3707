import fc from 'fast-check';
import { matchRule, occurrenceKey, WAS_THERE, type DocumentSide, type Rule } from '../../../server/src/domain/rule';
import type { Occurrence } from '../../../shared/vocabulary';
import { changeOf, ruleOf, side } from '../../support/builders';

const NOTHING = side();
const DRAFT = side({ draft: { state: 'new' } });
const PUBLISHED = side({ draft: { state: 'new' }, published: { state: 'new' } });
/** The locale of this write has no version, another one is published. */
const OTHER_LOCALE = side({ existsInAnyLocale: true, publishedInAnyLocale: true });
const OTHER_LOCALE_DRAFT = side({ existsInAnyLocale: true, publishedInAnyLocale: false });

const seen = (rule: Partial<Rule>, before: DocumentSide, after: DocumentSide, drafts = true): string | null =>
  matchRule(ruleOf(rule), changeOf(before, after, { hasDraftAndPublish: drafts }))?.name ?? null;

describe('created and published', () => {
  test.each([
    ['a draft appears: nobody can read it yet', 'published', NOTHING, DRAFT, null],
    ['a draft appears, and the rule watches drafts', 'draft', NOTHING, DRAFT, 'event'],
    ['created and published at once', 'published', NOTHING, PUBLISHED, 'event'],
    ['the draft is published', 'published', DRAFT, PUBLISHED, 'event'],
    ['the draft is published, and the rule watches drafts', 'draft', DRAFT, PUBLISHED, null],
    ['published again', 'published', PUBLISHED, PUBLISHED, null],
    ['unpublished', 'published', PUBLISHED, DRAFT, WAS_THERE],
    ['deleted while published', 'published', PUBLISHED, NOTHING, WAS_THERE],
    ['deleted while a draft', 'published', DRAFT, NOTHING, null],
    ['a translation is published, the original was', 'published', OTHER_LOCALE, PUBLISHED, null],
    ['a translation is published first', 'published', OTHER_LOCALE_DRAFT, PUBLISHED, 'event'],
    ['a translation is unpublished, the original stays', 'published', PUBLISHED, OTHER_LOCALE, null],
    ['a translation appears as a draft', 'draft', OTHER_LOCALE_DRAFT, DRAFT, null],
  ] as const)('%s (watch %s)', (_name, watch, before, after, expected) => {
    for (const event of ['created', 'published'] as const)
      expect(seen({ event, watch }, before, after)).toBe(expected === 'event' ? event : expected);
  });

  test('a type without drafts is public from its creation', () => {
    const entry = side({ published: { state: 'new' } });
    for (const watch of ['published', 'draft'] as const) {
      expect(seen({ event: 'created', watch }, NOTHING, entry, false)).toBe('created');
      expect(seen({ event: 'created', watch }, entry, entry, false)).toBeNull();
    }
  });

  test('unpublishing leaves a mark, so that the next publication is not the first', () => {
    const rule = ruleOf({ event: 'published' });
    expect(matchRule(rule, changeOf(PUBLISHED, DRAFT))?.name).toBe(WAS_THERE);
    // The mark is a decision of this rule: see decide.test.ts for what the next publication makes of it.
    expect(matchRule(rule, changeOf(DRAFT, PUBLISHED))?.name).toBe('published');
  });
});

describe('changed', () => {
  const state = (value: unknown): DocumentSide => side({ published: { state: value } });
  const change = (rule: Partial<Rule>, from: unknown, to: unknown): string | null =>
    seen({ event: 'changed', field: 'state', ...rule }, state(from), state(to), false);

  test.each([
    ['new', 'paid', {}, 'changed:state=paid'],
    ['new', 'new', {}, null],
    ['new', 'paid', { to: ['paid'] }, 'changed:state=paid'],
    ['new', 'shipped', { to: ['paid'] }, null],
    ['new', 'paid', { from: ['new'] }, 'changed:state=paid'],
    ['held', 'paid', { from: ['new'] }, null],
    ['new', 'paid', { from: ['new', 'held'], to: ['paid', 'shipped'] }, 'changed:state=paid'],
    [null, 'paid', { from: [''] }, 'changed:state=paid'],
    ['paid', null, { to: [''] }, 'changed:state='],
    [null, undefined, {}, null],
    [false, true, { to: ['true'] }, 'changed:state=true'],
    [1, 2, { to: ['2'] }, 'changed:state=2'],
    [1, '1', {}, null],
  ] as const)('%p to %p with %j', (from, to, rule, expected) => {
    expect(change(rule, from, to)).toBe(expected);
  });

  test('flipping back and forth reaches the same transition, whatever it came from', () => {
    expect(change({}, 'paid', 'shipped')).toBe(change({}, 'returned', 'shipped'));
    expect(change({}, 'shipped', 'paid')).not.toBe(change({}, 'paid', 'shipped'));
  });

  test('an entry that appears or goes has not changed', () => {
    expect(seen({ event: 'changed', field: 'state' }, NOTHING, state('paid'), false)).toBeNull();
    expect(seen({ event: 'changed', field: 'state' }, state('paid'), NOTHING, false)).toBeNull();
  });

  test('on types with drafts an edit counts when it is published, unless the rule watches drafts', () => {
    const edited = side({ draft: { state: 'paid' }, published: { state: 'new' } });
    const published = side({ draft: { state: 'paid' }, published: { state: 'paid' } });
    const rule = { event: 'changed', field: 'state' } as const;
    expect(seen(rule, PUBLISHED, edited)).toBeNull();
    expect(seen(rule, edited, published)).toBe('changed:state=paid');
    expect(seen({ ...rule, watch: 'draft' }, PUBLISHED, edited)).toBe('changed:state=paid');
    expect(seen({ ...rule, watch: 'draft' }, edited, published)).toBeNull();
  });
});

describe('updated', () => {
  test('any field counts, the columns that every write touches do not', () => {
    const entry = (fields: object): DocumentSide => side({ published: { state: 'new', updatedAt: '1', ...fields } });
    expect(seen({ event: 'updated' }, entry({}), entry({ note: 'x' }), false)).toBe('updated');
    expect(seen({ event: 'updated' }, entry({}), entry({ updatedAt: '2', publishedAt: '2', id: 9 }), false)).toBeNull();
    expect(seen({ event: 'updated' }, NOTHING, entry({}), false)).toBeNull();
    expect(seen({ event: 'updated' }, entry({}), NOTHING, false)).toBeNull();
  });
});

describe('unpublished and deleted', () => {
  test.each([
    ['unpublished', PUBLISHED, DRAFT, 'unpublished'],
    ['unpublished', PUBLISHED, NOTHING, null],
    ['unpublished', PUBLISHED, OTHER_LOCALE, null],
    ['unpublished', DRAFT, DRAFT, null],
    ['deleted', PUBLISHED, NOTHING, 'deleted'],
    ['deleted', DRAFT, NOTHING, null],
    ['deleted', PUBLISHED, DRAFT, null],
    ['deleted', PUBLISHED, OTHER_LOCALE, null],
  ] as const)('%s', (event, before, after, expected) => {
    expect(seen({ event }, before, after)).toBe(expected);
  });

  test('a rule that watches drafts hears of a deleted draft', () => {
    expect(seen({ event: 'deleted', watch: 'draft' }, DRAFT, NOTHING)).toBe('deleted');
  });

  test('what was there before travels with the transition', () => {
    const transition = matchRule(ruleOf({ event: 'deleted' }), changeOf(PUBLISHED, NOTHING));
    expect(transition).toEqual({ name: 'deleted', before: { state: 'new' }, after: null });
  });
});

test('a rule of another content-type sees nothing', () => {
  expect(matchRule(ruleOf({ uid: 'api::article.article' }), changeOf(NOTHING, PUBLISHED))).toBeNull();
});

describe('occurrenceKey', () => {
  const key = (occurrence: Occurrence, transition: string, day: string, intent: string): string =>
    JSON.stringify(occurrenceKey(occurrence, transition, day, intent));
  const text = fc.string({ maxLength: 8 });

  test('once per entry: nothing makes it count again', () => {
    fc.assert(
      fc.property(text, text, text, text, text, text, (a, b, c, d, e, f) => {
        expect(key('once_per_entry', a, b, c)).toBe(key('once_per_entry', d, e, f));
      }),
    );
  });

  test.each([
    ['once_per_transition', [true, false, false]],
    ['once_per_day', [true, true, false]],
    ['every_time', [true, false, true]],
  ] as const)('%s counts again with another transition, day, intent: %j', (occurrence, counts) => {
    const base = ['paid', '2026-03-02', 'i1'] as const;
    const other = ['shipped', '2026-03-03', 'i2'] as const;
    for (const index of [0, 1, 2] as const) {
      const [transition, day, intent] = base.map((value, at) => (at === index ? other[at] : value));
      const again = key(occurrence, transition ?? '', day ?? '', intent ?? '') !== key(occurrence, ...base);
      expect([index, again]).toEqual([index, counts[index]]);
    }
  });
});
