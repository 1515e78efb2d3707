import type { Core } from '@strapi/strapi';
import { ConfigError, parseConfig } from '../../server/src/strapi/config';
import { loadRules } from '../../server/src/strapi/rule-book';
import { checkRules } from '../../server/src/strapi/rule-check';
import { bootStrapi, type Booted } from '../support/strapi';

const rule = (more: object) => ({
  rules: [
    { key: 'order-paid', uid: 'api::order.order', event: 'created', to: 'customerPhone', text: 'Оплачено', ...more },
  ],
});

describe('config/plugins that is not right stops the start and names the setting', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown setting', { passwort: 'x' }, /svitsms\.config.*passwort/],
    ['an unknown setting of sending', { sending: { inflight: 3 } }, /sending.*inflight/],
    ['a price with a comma', { pricePerSegment: '0,65' }, /pricePerSegment.*"0\.65"/],
    ['a price that is a number', { pricePerSegment: 0.65 }, /pricePerSegment/],
    ['a country', { defaultCountry: 'Ukraine' }, /defaultCountry.*UA/],
    ['a time zone', { timeZone: 'Europe/Kyivv' }, /timeZone.*Europe\/Kyiv/],
    ['a pace', { sending: { requestsPerSecond: 0 } }, /sending\.requestsPerSecond/],
    ['days of retention', { retentionDays: 0 }, /retentionDays/],
    ['a way out of errors', { outbox: { onError: 'ignore' } }, /outbox\.onError/],
    ['rules that are no list', { rules: {} }, /rules/],
    ['a setting of a rule', rule({ phone: 'x' }), /rules\.0.*phone/],
    ['a key', rule({ key: 'Order Paid' }), /rules\.0\.key.*small letters/],
    ['an event', rule({ event: 'paid' }), /rules\.0\.event/],
    ['a uid that is none', rule({ uid: 'order' }), /rules\.0\.uid.*api::order\.order/],
    ['a change of nothing', rule({ event: 'changed' }), /rules\.0\.field/],
    ['a template that does not end', rule({ text: '{{ number' }), /"order-paid", text/],
    ['a filter', rule({ text: '{{ number | shout }}' }), /"order-paid", text.*shout/],
    ['a sender name', rule({ alphaname: 'Мій магазин' }), /"order-paid", alphaname/],
    ['a fixed number', rule({ to: '+38067' }), /"order-paid", to/],
    ['a send window', rule({ sendWindow: { days: { mon: ['25:00', '26:00'] } } }), /"order-paid", sendWindow/],
    ['two rules of one key', { rules: [...rule({}).rules, ...rule({}).rules] }, /two rules.*"order-paid"/],
  ])('%s', async (_name, plugin, named) => {
    const error: unknown = await bootStrapi({ plugin }).then(
      async (booted) => {
        await booted.close();
        return null;
      },
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(named);
    expect(String(error)).toMatch(/config\/plugins/);
  });

  describe('against the content-types of the site:', () => {
    let booted: Booted;
    beforeAll(async () => {
      booted = await bootStrapi();
    });
    afterAll(() => booted.close());
    const check = (plugin: object): void => checkRules(booted.strapi, loadRules(parseConfig(plugin).rules));

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['a type that does not exist', rule({ uid: 'api::odrer.odrer' }), /"order-paid", uid.*api::odrer\.odrer/],
      ['a field that does not exist', rule({ event: 'changed', field: 'stat' }), /"order-paid", field.*"stat"/],
      ['a field without a plain value', rule({ event: 'changed', field: 'customer' }), /"order-paid", field.*relation/],
      [
        'a value that never comes',
        rule({ event: 'changed', field: 'state', toValues: ['payed'] }),
        /"order-paid", toValues.*"payed".*paid/,
      ],
      ['a recipient that does not exist', rule({ to: 'customerFone' }), /"order-paid", to.*"customerFone"/],
      ['a recipient past a relation', rule({ to: 'customer.fone' }), /"order-paid", to.*customer.*"fone"/],
      ['a placeholder', rule({ text: 'Замовлення {{ nomer }}' }), /"order-paid", text.*"nomer"/],
      ['a placeholder of the past', rule({ text: '{{ before.stat }}' }), /"order-paid", text.*"stat"/],
      ['a placeholder inside a text', rule({ text: '{{ number.first }}' }), /"order-paid", text.*"number"/],
      ['a condition', rule({ condition: { path: 'totall', op: 'gt', value: 5 } }), /condition.*"totall"/],
      ['an unpublishing without drafts', rule({ event: 'unpublished' }), /"order-paid", event.*no drafts/],
    ])('%s', (_name, plugin, named) => {
      expect(() => check(plugin)).toThrow(ConfigError);
      expect(() => check(plugin)).toThrow(named);
    });

    it('relations, the past, housekeeping and fixed numbers are fine', () => {
      const text =
        '{{ customer.name }} {{ documentId }} {{ createdAt | date: "%d.%m" }} {{ before.state }} {{ number | default: "" }}';
      check(
        rule({
          event: 'changed',
          field: 'state',
          toValues: ['paid', ''],
          to: ['customer.phone', '+380671112233'],
          text,
        }),
      );
    });
  });

  // The last one, for Strapi leaves much behind when it cannot start.
  it('a rule on a type that does not exist, at the start', async () => {
    await expect(bootStrapi({ plugin: rule({ uid: 'api::odrer.odrer' }) })).rejects.toThrow(
      /no content-type api::odrer/,
    );
    await strapiLeftBehind()?.destroy();
  });
});

/** Strapi keeps itself in a global, even when it failed to start. */
const strapiLeftBehind = (): Core.Strapi | undefined => Reflect.get(globalThis, 'strapi') as Core.Strapi | undefined;
