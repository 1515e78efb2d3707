import { analyzeSync, toValueSync, TypeGuards, Value } from 'liquidjs';
import type { Template, Token } from 'liquidjs';
import { FILTERS } from './filters';
import { templateError } from './problem';

/** A name as Strapi's fields have it, in any alphabet; a number is a place in a list. */
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const PLACE = /^\d{1,6}$/;

/**
 * Every path of the entry that a template can read, dotted, each once. Names made by `assign` and `for` are not among them:
 * a loop over `items` reads `items`, whole.
 */
export function pathsOf(parsed: Template[]): string[] {
  const variables = Object.values(analyzeSync(parsed, { partials: false }).globals).flat();
  return [...new Set(variables.map((variable) => variable.toArray().join('.')))];
}

/** Refuses what LiquidJS accepts and then ignores or guesses. Throws `TemplateProblem`. */
export function inspect(parsed: Template[]): void {
  for (const template of parsed) {
    for (const argument of template.arguments?.() ?? []) {
      if (argument instanceof Value) inspectValue(argument);
      else inspectToken(argument);
    }
    if (template.children) inspect(toValueSync(template.children(false, true)));
  }
}

function inspectValue(value: Value): void {
  const tokens = value.initial.postfix;
  const binary = tokens.filter((token) => TypeGuards.isOperatorToken(token) && token.operator !== 'not').length;
  const operands = tokens.filter((token) => !TypeGuards.isOperatorToken(token)).length;
  if (operands !== binary + 1) {
    throw templateError(
      `Expression "${tokens.map((token) => token.getText()).join(' ')}" is incomplete or has a sign missing`,
    );
  }
  tokens.forEach(inspectToken);
  for (const { name, args } of value.filters) {
    const [min, max] = FILTERS[name]?.args ?? [0, 0];
    if (args.length < min || args.length > max) {
      throw templateError(
        `Filter ${name} takes ${min === max ? min : `${min} or ${max}`} arguments and has ${args.length}`,
      );
    }
    for (const argument of args) {
      // No filter of ours has named arguments.
      if (Array.isArray(argument)) throw templateError(`Filter ${name} takes no named arguments`);
      inspectToken(argument);
    }
  }
}

/** A path must be written out: one looked up by the value of another cannot be known when the entry is written. */
function inspectToken(token: Token): void {
  if (TypeGuards.isRangeToken(token)) {
    inspectToken(token.lhs);
    inspectToken(token.rhs);
  }
  if (!TypeGuards.isPropertyAccessToken(token)) return;
  const [root, ...rest] = token.props;
  const plain =
    token.variable === undefined &&
    root !== undefined &&
    TypeGuards.isWordToken(root) &&
    NAME.test(root.content) &&
    rest.every((part) => isPlainPart(part));
  if (!plain)
    throw templateError(`"${token.getText()}" is not a plain path: write names joined by dots, such as user.email`);
}

function isPlainPart(part: Token): boolean {
  if (!TypeGuards.isWordToken(part) && !TypeGuards.isQuotedToken(part) && !TypeGuards.isNumberToken(part)) return false;
  const name = String(part.content);
  return NAME.test(name) || PLACE.test(name);
}
