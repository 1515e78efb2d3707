import { evalToken, Output, Tag, toValue, Tokenizer, TypeGuards, Value } from 'liquidjs';
import type { Context, Emitter, Liquid, TagToken, TopLevelToken } from 'liquidjs';
import { emptyPlaceholder, templateError } from './problem';

type Position = 'output' | 'assign';
type Argument = Value['filters'][number]['args'][number];

/**
 * `{{ placeholder }}`: prints only what is worth reading. Liquid prints nothing for a missing value ("Шановна , …"), and
 * `[object Object]` for an object; both stop the text here.
 */
export class CheckedOutput extends Output {
  constructor(token: ConstructorParameters<typeof Output>[0], engine: Liquid) {
    super(token, engine);
    readWhole(new Tokenizer(token.input, engine.options.operators, token.file, token.contentRange));
    if (this.value.initial.postfix.some(TypeGuards.isOperatorToken)) {
      throw templateError('A placeholder compares values, which would print "true" or "false": use if');
    }
  }

  override *render(context: Context, emitter: Emitter): IterableIterator<unknown> {
    const value: unknown = yield evaluate(this.value, context, 'output');
    emitter.write(printed(value, this.value.initial.postfix[0]?.getText() ?? ''));
  }
}

/** `{% assign name = value %}`, with the same rule: filters must not paper over a missing value ("Шановна !"). */
export class CheckedAssign extends Tag {
  private readonly identifier;
  private readonly value: Value;

  constructor(token: TagToken, rest: TopLevelToken[], engine: Liquid) {
    super(token, rest, engine);
    this.identifier = this.tokenizer.readIdentifier();
    this.tokenizer.skipBlank();
    if (this.identifier.content === '' || this.tokenizer.read() !== '=') {
      throw templateError('Tag assign is written as {% assign name = value %}');
    }
    this.value = new Value(readWhole(this.tokenizer), engine);
  }

  override *render(context: Context): IterableIterator<unknown> {
    Reflect.set(context.bottom(), this.identifier.content, yield evaluate(this.value, context, 'assign'));
  }

  *arguments(): IterableIterator<Value> {
    yield this.value;
  }

  *localScope(): IterableIterator<CheckedAssign['identifier']> {
    yield this.identifier;
  }
}

/** LiquidJS silently drops whatever follows a complete expression: `{{ name, surname }}` would print one of the two. */
function readWhole(tokenizer: Tokenizer): ReturnType<Tokenizer['readFilteredValue']> {
  const value = tokenizer.readFilteredValue();
  tokenizer.skipBlank();
  if (!tokenizer.end())
    throw templateError(`Unexpected "${tokenizer.remaining()}": one value and its filters belong here`);
  return value;
}

/**
 * Evaluates a value with its filters. An empty value passes every filter untouched until a `default`: otherwise
 * `{{ name | append: "!" }}` would hide that there is no name.
 */
function* evaluate(value: Value, context: Context, position: Position): IterableIterator<unknown> {
  const source = value.initial.postfix[0];
  const place = source?.getText() ?? '';
  let current: unknown = toValue(yield value.initial.evaluate(context, true));
  const literal = source === undefined || !TypeGuards.isPropertyAccessToken(source);
  let emptyIsMeant = literal || (position === 'assign' && isAssigned(place, context));
  for (const filter of value.filters) {
    if (filter.name === 'default') {
      if (!isMissing(current) && current !== false) continue;
      const fallback = tokenOf(filter.args[0]);
      current = toValue(yield evalToken(fallback, context, true));
      emptyIsMeant = !TypeGuards.isPropertyAccessToken(fallback);
    } else if (!isMissing(current) || (emptyIsMeant && typeof current === 'string')) {
      for (const argument of filter.args) yield requireValue(argument, context);
      current = yield filter.render(current, context);
    }
  }
  if (!isMissing(current) || emptyIsMeant) return current;
  if (position === 'output') throw emptyPlaceholder(place);
  return null; // so that an empty text in a name of the template's own always is one that was meant
}

/** A filter's argument is part of what is printed: `{{ "Шановна " | append: name }}`. */
function* requireValue(argument: Argument, context: Context): IterableIterator<unknown> {
  const token = tokenOf(argument);
  if (!TypeGuards.isPropertyAccessToken(token)) return;
  const value: unknown = toValue(yield evalToken(token, context, true));
  const place = token.getText();
  const emptyIsMeant = typeof value === 'string' && isAssigned(place, context);
  if (isMissing(value) && !emptyIsMeant) throw emptyPlaceholder(place);
}

function tokenOf(argument: Argument | undefined) {
  return Array.isArray(argument) ? argument[1] : argument;
}

/** An empty text that the template itself assigned is meant: `{% assign list = "" %}` starts a list that a loop fills. */
function isAssigned(place: string, context: Context): boolean {
  return Object.hasOwn(context.bottom(), place);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function printed(value: unknown, place: string): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'number': {
      const text = String(value);
      // 1e+21, NaN and Infinity are for machines.
      if (/^-?\d+(\.\d+)?$/.test(text)) return text;
      throw templateError(`Placeholder ${place} is not a number people can read: check its filters`);
    }
    default:
      if (value === null || value === undefined) return '';
      throw templateError(`Placeholder ${place} is a list or an object: name one of its fields, or use join or for`);
  }
}
