/** Why a template gave no text. Thrown inside the engine, where nothing can be returned, and turned into a value at its door. */
export class TemplateProblem extends Error {
  override readonly name = 'TemplateProblem';

  constructor(
    readonly reason: 'empty_placeholder' | 'template_error' | 'too_long',
    message: string,
  ) {
    super(message);
  }
}

/** @param place the placeholder as the template writes it, e.g. `user.name` */
export function emptyPlaceholder(place: string): TemplateProblem {
  return new TemplateProblem(
    'empty_placeholder',
    `Placeholder ${place} is empty: fill the field, or give a fallback such as {{ ${place} | default: "…" }}`,
  );
}

export function templateError(message: string): TemplateProblem {
  return new TemplateProblem('template_error', message);
}
