import fc from 'fast-check';
import { createKeyring, ruleKeyParts, type RuleFact } from '../../../server/src/domain/dedupe-key';

const SECRET = 'a site secret of thirty-two signs';
const keyring = createKeyring(SECRET);
const parts = fc.array(fc.string({ maxLength: 6 }), { maxLength: 5 });
const fact: fc.Arbitrary<RuleFact> = fc.record({
  ruleKey: fc.string({ maxLength: 6 }),
  documentId: fc.string({ maxLength: 6 }),
  transition: fc.string({ maxLength: 6 }),
  occurrence: fc.string({ maxLength: 6 }),
  recipient: fc.string({ maxLength: 6 }),
});

test('the same fact has the same key, another fact another key, however its parts are cut', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(keyring(a) === keyring(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
  expect(keyring(['a', 'b c'])).not.toBe(keyring(['a b', 'c']));
  expect(keyring(['a', ''])).not.toBe(keyring(['a']));
});

test('every part of a rule fact counts', () => {
  fc.assert(
    fc.property(fact, fact, (a, b) => {
      const same = (Object.keys(a) as (keyof RuleFact)[]).every((name) => a[name] === b[name]);
      expect(keyring(ruleKeyParts(a)) === keyring(ruleKeyParts(b))).toBe(same);
    }),
  );
});

test('another site has other keys, and a key shows nothing of its parts', () => {
  const other = createKeyring(`${SECRET}!`);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => {
      const number = `38067${String(n).padStart(7, '0')}`;
      const key = keyring(['rule', number]);
      expect(key).not.toBe(other(['rule', number]));
      expect(key).toMatch(/^[\w-]{43}$/);
      expect(key).not.toContain(number);
    }),
  );
});

test('a secret that could be guessed is refused', () => {
  expect(() => createKeyring('short')).toThrow('at least 32');
});
