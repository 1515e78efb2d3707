import { compileTemplate, type Template } from '../domain/template';
import type { Rule } from '../domain/rule';

const compiled = new WeakMap<Rule, Template>();

/** The compiled template of a rule. Rules are checked when they are loaded, so a template that does not compile is our mistake. */
export const templateOf = (rule: Rule): Template => {
  const known = compiled.get(rule);
  if (known) return known;
  const result = compileTemplate(rule.template);
  if (!result.ok)
    throw new Error(`Rule ${rule.key} was loaded with a template that does not compile: ${result.message}`);
  compiled.set(rule, result.template);
  return result.template;
};
