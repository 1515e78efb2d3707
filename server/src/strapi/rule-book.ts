import { createHash } from 'node:crypto';
import type { RuleInput } from '../../../shared/contracts/rules';
import { checkAlphaname } from '../domain/alphaname';
import { parsePhoneNumber } from '../domain/phone-number';
import type { Rule } from '../domain/rule';
import { parseSendWindow } from '../domain/send-window';
import { compileTemplate } from '../domain/template';
import type { Rules } from '../delivery/ports';
import { ConfigError } from './config';

/** The rules in force, by key and by the content-type they watch. */
export interface RuleBook extends Rules {
  all(): readonly Rule[];
  /** Rules that watch a content-type; empty for most, and then a write costs nothing. */
  watching(uid: string): readonly Rule[];
}

export const createRuleBook = (rules: readonly Rule[]): RuleBook => {
  const byKey = new Map(rules.map((rule) => [rule.key, rule]));
  const byUid = new Map<string, Rule[]>();
  for (const rule of rules) byUid.set(rule.uid, [...(byUid.get(rule.uid) ?? []), rule]);
  return {
    all: () => rules,
    byKey: (key) => byKey.get(key) ?? null,
    watching: (uid) => byUid.get(uid) ?? [],
  };
};

/**
 * Rules of config/plugins become domain rules.
 * @throws ConfigError naming the rule and the setting
 */
export const loadRules = (inputs: readonly RuleInput[]): Rule[] => {
  const rules = inputs.map(toRule);
  const twice = rules.find((rule, index) => rules.findIndex(({ key }) => key === rule.key) !== index);
  if (twice) throw new ConfigError(`config/plugins: two rules have the key "${twice.key}"; give each its own`);
  return rules;
};

const toRule = (input: RuleInput): Rule => {
  const fault = (setting: string, message: string): ConfigError =>
    new ConfigError(`config/plugins: rule "${input.key}", ${setting}: ${message}`);
  const template = compileTemplate(input.text);
  if (!template.ok) throw fault('text', template.message);
  const window = input.sendWindow ? parseSendWindow(input.sendWindow) : null;
  if (window && !window.ok) throw fault('sendWindow', window.message);
  if (input.alphaname !== undefined) {
    const alphaname = checkAlphaname(input.alphaname);
    if (!alphaname.ok) throw fault('alphaname', alphaname.message);
  }
  return {
    key: input.key,
    version: createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 12),
    name: input.name ?? input.key,
    uid: input.uid,
    event: input.event,
    field: input.field ?? null,
    from: input.fromValues ?? null,
    to: input.toValues ?? null,
    watch: input.watch,
    condition: input.condition ?? null,
    recipients: [input.to].flat().map((to) => {
      if (!/^[+\d]/.test(to)) return { path: to };
      const phone = parsePhoneNumber(to);
      if (!phone.ok) throw fault('to', phone.message);
      // With its plus: a foreign number without one would be read as a national one.
      return { number: `+${phone.msisdn}` };
    }),
    template: input.text,
    alphaname: input.alphaname ?? null,
    lane: input.lane,
    // An update has no end state of its own: "once per transition" would mean once in the entry's life.
    occurrence: input.occurrence ?? (input.event === 'updated' ? 'every_time' : 'once_per_transition'),
    delayMs: input.delaySeconds * 1_000,
    expiryMs: input.expiryHours * 3_600_000,
    sendWindow: window?.window ?? null,
  };
};
