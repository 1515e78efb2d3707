import { Liquid, Parser, toValueSync, TypeGuards } from 'liquidjs';
import type { Template, TopLevelToken } from 'liquidjs';
import { FILTERS } from './filters';
import { CheckedAssign, CheckedOutput } from './output';
import { TemplateProblem } from './problem';
import { DataContext } from './scope';

/** Tags a template may use. The others read files, repeat without bound, or print past the checks of an output. */
export const TAGS = ['if', 'unless', 'case', 'for', 'assign', 'comment'] as const;

/** The longest template; ten segments of Cyrillic are 670 characters, the rest is room for conditions and comments. */
export const MAX_SOURCE = 10_000;

/** Characters (and list elements) that the filters of one rendering may make: a long article shortened by `truncate` fits. */
const MEMORY_LIMIT = 1_000_000;

/** Ten segments of GSM-7 hold 1530 characters; whatever is longer is too long in any alphabet. */
const MAX_OUTPUT = 1530;

export const TOO_LONG = new TemplateProblem(
  'too_long',
  'Text is longer than 10 segments: shorten it, e.g. with truncate',
);

export type Parsed = Template[];

/** The hardened Liquid: parses and renders without files, clock, prototypes, or anything but data. */
export function createEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    // An empty text is as good as none in a condition, and so is zero, as in JavaScript.
    jsTruthy: true,
    dynamicPartials: false,
    relativeReference: false,
    // Lookups go to this empty map and never reach a file system.
    templates: {},
    cache: false,
    parseLimit: MAX_SOURCE,
    memoryLimit: MEMORY_LIMIT,
  });
  const allowed: readonly string[] = TAGS;
  for (const tag of Object.keys(engine.tags)) if (!allowed.includes(tag)) delete engine.tags[tag];
  engine.registerTag('assign', CheckedAssign);
  for (const filter of Object.keys(engine.filters)) engine.unregisterFilter(filter);
  for (const [name, { handler }] of Object.entries(FILTERS)) engine.registerFilter(name, handler);
  return engine;
}

class CheckingParser extends Parser {
  constructor(private readonly engine: Liquid) {
    super(engine);
  }

  override parseToken(token: TopLevelToken, rest: TopLevelToken[]) {
    return TypeGuards.isOutputToken(token) ? new CheckedOutput(token, this.engine) : super.parseToken(token, rest);
  }
}

/** Throws LiquidJS' own errors and `TemplateProblem`. */
export function parse(engine: Liquid, source: string): Parsed {
  return new CheckingParser(engine).parse(source);
}

/** Throws LiquidJS' own errors, with a `TemplateProblem` inside where the fault is ours. */
export function render(engine: Liquid, parsed: Parsed, scope: object): string {
  const output = {
    buffer: '',
    write(text: unknown) {
      this.buffer += String(text);
      if (this.buffer.length > MAX_OUTPUT) throw TOO_LONG;
    },
  };
  toValueSync(engine.renderer.renderTemplates(parsed, new DataContext(scope, engine), output));
  return output.buffer;
}
