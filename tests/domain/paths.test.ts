import fc from 'fast-check';
import { readPath } from '../../server/src/domain/paths';

class Row {
  own = 1;
  get computed() {
    return 2;
  }
}

const entry = {
  state: 'paid',
  user: { email: 'a@b.c', 'odd name': 1, toString: () => 'x' },
  items: [{ name: 'A' }, { name: 'B' }],
  nothing: null,
  row: new Row(),
};

test.each([
  ['state', 'paid'],
  ['user.email', 'a@b.c'],
  ['user.odd name', 1],
  ['items.1.name', 'B'],
  ['nothing', null],
  ['row.own', 1],
])('%s is read', (path, value) => {
  expect(readPath(entry, path)).toBe(value);
});

test.each([
  '',
  'nope',
  'user.nope.deeper',
  'nothing.x',
  'state.length',
  'state.0',
  'items.length',
  'items.2.name',
  'items.-1',
  'items.map',
  'user.toString',
  'constructor',
  '__proto__',
  'user.__proto__.constructor',
  'user.hasOwnProperty',
  'row.computed',
])('%j is absent', (path) => {
  expect(readPath(entry, path)).toBeUndefined();
});

test('takes any context and any path without throwing', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (context, path) => {
      expect(typeof readPath(context, path)).not.toBe('function');
    }),
  );
});
