import { measure } from './segments';
import { createEngine, MAX_SOURCE, parse, render, TAGS, TOO_LONG, type Parsed } from './template/engine';
import { FILTERS } from './template/filters';
import { inspect, pathsOf } from './template/inspect';
import { emptyPlaceholder, templateError, TemplateProblem } from './template/problem';
import { pickScope } from './template/scope';
import { normalizeText } from './text';

/** The longest text a rule may send: beyond it an SMS is a letter, and a mistake costs ten times its price. */
const MAX_SEGMENTS = 10;

export type RenderResult =
  | { ok: true; text: string }
  | { ok: false; reason: 'empty_placeholder' | 'template_error' | 'too_long'; message: string };

export interface Template {
  readonly source: string;
  /** Every path of the entry the template reads, dotted: `customerPhone`, `user.email`, `before.state`. It sees nothing else. */
  readonly paths: readonly string[];
  /**
   * Renders the text, normalised. Messages name placeholders and filters, never a value of the entry. A placeholder without a
   * value and without the `default` filter is refused: "Шановна , …" must never be sent.
   */
  render(context: Readonly<Record<string, unknown>>): RenderResult;
}

export type CompileResult = { ok: true; template: Template } | { ok: false; reason: 'template_error'; message: string };

const engine = createEngine();

/**
 * Compiles a Liquid template. Tags: if, unless, case, for, assign, comment. Filters: see `template/filters.ts`. In conditions a
 * missing value, an empty text and zero are false. Dates are in Europe/Kyiv.
 */
export function compileTemplate(source: string): CompileResult {
  try {
    if (source.length > MAX_SOURCE) throw templateError(`Template is longer than ${MAX_SOURCE} characters: shorten it`);
    const parsed = parse(engine, source);
    inspect(parsed);
    return { ok: true, template: new CompiledTemplate(source, pathsOf(parsed), parsed) };
  } catch (error) {
    return { ok: false, reason: 'template_error', message: explainParsing(error) };
  }
}

class CompiledTemplate implements Template {
  constructor(
    readonly source: string,
    readonly paths: readonly string[],
    private readonly parsed: Parsed,
  ) {}

  render(context: Readonly<Record<string, unknown>>): RenderResult {
    try {
      const text = normalizeText(render(engine, this.parsed, pickScope(context, this.paths)));
      if (measure(text).segmentCount > MAX_SEGMENTS) throw TOO_LONG;
      return { ok: true, text };
    } catch (error) {
      const { reason, message } = explainRendering(error);
      return { ok: false, reason, message };
    }
  }
}

function explainParsing(error: unknown): string {
  const problem = problemIn(error);
  if (problem !== null) return problem.message;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError) return 'Template is nested too deeply: use fewer tags inside each other';
  if (message.includes('undefined filter'))
    return `Template: ${message}; filters are ${Object.keys(FILTERS).join(', ')}`;
  if (/^tag .* not found/.test(message)) return `Template: ${message}; tags are ${TAGS.join(', ')}`;
  return `Template: ${message}`;
}

function explainRendering(error: unknown): TemplateProblem {
  const problem = problemIn(error);
  if (problem !== null) return problem;
  const message = error instanceof Error ? error.message : '';
  const missing = /^undefined variable: ([^\s,]+)/.exec(message)?.[1];
  if (missing !== undefined) return emptyPlaceholder(missing);
  if (message.includes('limit exceeded'))
    return templateError('Template makes too much text on the way: shorten its loops');
  // LiquidJS may quote a value of the entry, so its words stay here; the place in the template is safe to name.
  const place = /line:\d+, col:\d+/.exec(message)?.[0];
  return templateError(`Template could not be rendered${place === undefined ? '' : ` (${place})`}: check its filters`);
}

/** LiquidJS wraps what is thrown inside a tag, once per level. */
function problemIn(error: unknown): TemplateProblem | null {
  let current = error;
  while (current instanceof Error) {
    if (current instanceof TemplateProblem) return current;
    current = 'originalError' in current ? current.originalError : null;
  }
  return null;
}
