import { faultOf } from '../../admin/src/lib/error-text';
import { isTold, stopsEverything } from '../../admin/src/lib/pauses';
import { siteAddress } from '../../admin/src/lib/site-address';
import { ruleEventKey } from '../../admin/src/lib/rule-event';
import type { PauseView } from '../../shared/contracts/status';
import { PAUSE_REASONS, TRIGGER_EVENTS, type PauseReason } from '../../shared/vocabulary';

const pause = (reason: PauseReason, fields: Partial<PauseView> = {}): PauseView => ({
  scope: 'account',
  alphaname: null,
  reason,
  detail: 'Particulars.',
  by: null,
  since: '2026-01-01T00:00:00Z',
  nextProbeAt: null,
  ...fields,
});

test('a pause of one name or of campaigns does not stop everything', () => {
  expect(PAUSE_REASONS.filter((reason) => !stopsEverything(pause(reason)))).toEqual(['bulk_unaffordable']);
  expect(stopsEverything(pause('alphaname_refused', { scope: 'alphaname', alphaname: 'MyShop' }))).toBe(false);
});

describe('a wrong login is told once', () => {
  const refused = { name: 'BadRequestError', status: 400, message: 'No.', details: { fault: 'auth', code: null } };

  test('by the pause, when there is one', () => {
    expect(isTold(faultOf(refused), [pause('no_funds'), pause('wrong_credentials')])).toBe(true);
  });

  test('by the question itself, when no pause or another one is shown', () => {
    expect(isTold(faultOf(refused), [])).toBe(false);
    expect(isTold(faultOf(refused), [pause('gateway_unreachable'), pause('by_person')])).toBe(false);
    expect(
      isTold(
        'timeout',
        PAUSE_REASONS.map((reason) => pause(reason)),
      ),
    ).toBe(false);
    expect(isTold(faultOf(new TypeError('Failed to fetch')), [pause('wrong_credentials')])).toBe(false);
  });
});

describe('what a rule listens to', () => {
  const changed = { event: 'changed', field: 'state', from: null, to: null };
  test.each([
    [changed, 'rule-event.any'],
    [{ ...changed, to: ['paid'] }, 'rule-event.to'],
    [{ ...changed, from: ['new'] }, 'rule-event.from'],
    [{ ...changed, from: ['new'], to: ['paid', 'shipped'] }, 'rule-event.from-to'],
    [{ ...changed, event: 'of a newer server' }, null],
  ])('%j', (rule, key) => {
    expect(ruleEventKey(rule)).toBe(key);
  });

  test('events without a field have their own words', () => {
    const keys = TRIGGER_EVENTS.map((event) => ruleEventKey({ event, field: null, from: null, to: null }));
    expect(keys).toEqual(TRIGGER_EVENTS.map((event) => `trigger.${event}`));
  });
});

test.each([
  [{ backendURL: 'https://shop.example' }, 'https://shop.example/api/x'],
  [{ backendURL: 'https://shop.example/strapi/' }, 'https://shop.example/strapi/api/x'],
  [{ backendURL: '' }, 'https://panel.example/api/x'],
  [undefined, 'https://panel.example/api/x'],
])('an address of the site, where Strapi says %j', (strapi, address) => {
  expect(siteAddress('/api/x', { location: { origin: 'https://panel.example' }, strapi })).toBe(address);
});
