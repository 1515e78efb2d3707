import fc from 'fast-check';
import { conditionPaths, evaluate, type Condition } from '../../server/src/domain/condition';

const order = {
  state: 'shipped',
  total: '1500.50',
  count: 3,
  bigId: '9007199254740993',
  postcode: '01001',
  paid: true,
  comment: '  ',
  tags: ['vip', 'kyiv'],
  items: [],
  address: {},
  shippedAt: '2026-01-31T22:30:00.000Z',
  deliverOn: '2026-02-01',
  user: { email: 'olena@example.com', phone: null },
  before: { state: 'paid' },
};

const holds = (condition: Condition) => evaluate(condition, order).holds;

describe('evaluate', () => {
  test.each<[string, string, unknown, boolean]>([
    ['state', 'eq', 'shipped', true],
    ['state', 'eq', 'Shipped', false],
    ['before.state', 'eq', 'paid', true],
    ['count', 'eq', 3, true],
    ['count', 'eq', '3', true],
    ['count', 'eq', '3.0', true],
    ['count', 'eq', 'three', false],
    ['bigId', 'eq', 9007199254740992, false],
    ['postcode', 'eq', '1001', false],
    ['postcode', 'eq', '01001', true],
    ['paid', 'eq', true, true],
    ['paid', 'eq', 'true', false],
    ['paid', 'eq', 1, false],
    ['missing', 'eq', null, true],
    ['user.phone', 'eq', undefined, true],
    ['state', 'ne', 'paid', true],
    ['missing', 'ne', 'paid', true],
    ['state', 'in', ['paid', 'shipped'], true],
    ['state', 'in', [], false],
    ['count', 'in', ['1', '3'], true],
    ['state', 'not_in', ['paid'], true],
    ['missing', 'not_in', ['paid'], true],
    ['total', 'gt', 1000, true],
    ['total', 'gt', '900', true], // as texts "1500.50" < "900"
    ['total', 'gt', '1500.50', false],
    ['total', 'gte', '1500.5', true],
    ['total', 'lt', 1500.51, true],
    ['total', 'lte', 1500.5, true],
    ['bigId', 'gt', '9007199254740992', true],
    ['missing', 'gt', 0, false],
    ['missing', 'lt', 0, false],
    ['state', 'gt', 5, false],
    ['paid', 'gt', 0, false],
    ['comment', 'lt', 'x', true],
    ['shippedAt', 'gt', '2026-01-31T22:29:59Z', true],
    ['shippedAt', 'lt', '2026-02-01T00:31:00+02:00', true],
    ['shippedAt', 'gte', '2026-02-01', true], // midnight in Kyiv was at 22:00 UTC
    ['deliverOn', 'gt', '2026-01-31', true],
    ['deliverOn', 'gte', '2026-01-31T23:00:00Z', false],
    ['comment', 'empty', undefined, true],
    ['missing', 'empty', undefined, true],
    ['items', 'empty', undefined, true],
    ['address', 'empty', undefined, true],
    ['paid', 'empty', undefined, false],
    ['state', 'not_empty', undefined, true],
    ['user.phone', 'not_empty', undefined, false],
    ['tags', 'contains', 'vip', true],
    ['tags', 'contains', 'vi', false],
    ['state', 'contains', 'ship', true],
    ['state', 'contains', '', true],
    ['count', 'contains', 3, false],
    ['constructor', 'not_empty', undefined, false],
    ['state.length', 'eq', 7, false],
  ])('%s %s %j: %s', (path, op, value, expected) => {
    const verdict = evaluate({ path, op, value } as Condition, order);
    expect(verdict.holds).toBe(expected);
    expect(verdict.failed === null).toBe(expected);
  });

  test('dates as Date objects', () => {
    const context = { at: new Date('2026-01-31T22:30:00Z'), broken: new Date(Number.NaN) };
    expect(evaluate({ path: 'at', op: 'gt', value: '2026-01-31T22:00:00Z' }, context).holds).toBe(true);
    expect(evaluate({ path: 'at', op: 'eq', value: '2026-01-31T22:30:00.000Z' }, context).holds).toBe(true);
    expect(evaluate({ path: 'at', op: 'empty' }, context).holds).toBe(false);
    expect(evaluate({ path: 'broken', op: 'gt', value: '2026-01-31' }, context).holds).toBe(false);
  });

  test('all, any, not', () => {
    const yes: Condition = { path: 'paid', op: 'eq', value: true };
    const no: Condition = { path: 'paid', op: 'eq', value: false };
    expect(holds({ all: [] })).toBe(true);
    expect(holds({ any: [] })).toBe(false);
    expect(holds({ all: [yes, no] })).toBe(false);
    expect(holds({ any: [no, yes] })).toBe(true);
    expect(holds({ not: no })).toBe(true);
    expect(holds({ all: [yes, { any: [no, { not: no }] }] })).toBe(true);
  });

  test('names the first part that does not hold', () => {
    const condition: Condition = {
      all: [
        { path: 'paid', op: 'eq', value: true },
        { path: 'user.email', op: 'eq', value: 'other@example.com' },
        { path: 'count', op: 'gt', value: 100 },
      ],
    };
    expect(evaluate(condition, order).failed).toBe('user.email does not equal the value asked for');
    expect(evaluate({ any: [condition, { path: 'count', op: 'lt', value: 1 }] }, order).failed).toBe(
      'none holds: user.email does not equal the value asked for; count is not less than asked for',
    );
    expect(evaluate({ not: { path: 'state', op: 'eq', value: 'shipped' } }, order).failed).toBe(
      'what was excluded holds: state (eq)',
    );
    expect(evaluate({ any: [] }, order).failed).toBe('no alternative is given');
  });

  test('a misspelt condition throws instead of never holding', () => {
    expect(() => evaluate({ path: 'state', op: 'equals', value: 1 } as unknown as Condition, order)).toThrow(/op/);
    expect(() => evaluate({ path: 'state', op: 'in', value: 'paid' }, order)).toThrow(/list/);
  });
});

const leaf: fc.Arbitrary<Condition> = fc.record({
  path: fc.constantFrom(...Object.keys(order), 'user.email', 'before.state', 'missing'),
  op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty', 'not_empty', 'contains'),
  value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom('shipped', '1500.50', null)),
});
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}));

test('logic keeps its laws, and a reason is given exactly when a condition does not hold', () => {
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      const verdict = evaluate(a, order);
      expect(verdict.failed === null).toBe(verdict.holds);
      expect(holds({ not: a })).toBe(!verdict.holds);
      expect(holds({ all: [a, b] })).toBe(verdict.holds && holds(b));
      expect(holds({ not: { any: [a, b] } })).toBe(holds({ all: [{ not: a }, { not: b }] }));
    }),
    { numRuns: 1000 },
  );
});

test('a reason never holds a value of the entry or of the condition', () => {
  const secret = 'Zq7Zq7';
  fc.assert(
    fc.property(tree, (condition) => {
      const filled: unknown = JSON.parse(
        JSON.stringify(condition, (key, value: unknown) => (key === 'value' ? secret : value)),
      );
      const { failed } = evaluate(filled as Condition, { ...order, state: `${secret}1`, count: secret });
      expect(failed ?? '').not.toContain(secret);
    }),
  );
});

test('conditionPaths lists exactly the paths that are read', () => {
  fc.assert(
    fc.property(tree, (condition) => {
      const paths = conditionPaths(condition);
      expect(new Set(paths).size).toBe(paths.length);
      const seen = Object.fromEntries(
        Object.entries(order).filter(([key]) => paths.some((p) => p.split('.')[0] === key)),
      );
      expect(evaluate(condition, seen)).toEqual(evaluate(condition, order));
    }),
  );
  expect(
    conditionPaths({
      all: [
        { path: 'a.b', op: 'empty' },
        { any: [{ not: { path: 'c', op: 'empty' } }, { path: 'a.b', op: 'eq', value: 1 }] },
      ],
    }),
  ).toEqual(['a.b', 'c']);
});
