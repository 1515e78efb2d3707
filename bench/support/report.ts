/** One measured figure against its goal. */
export interface Figure {
  readonly what: string;
  /** The ratio or value the goal speaks of. */
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly met: boolean | null;
  /** What the figure is made of, for the reader who doubts. */
  readonly detail: string;
}

export const figure = (
  what: string,
  value: number,
  options: { unit?: string; atLeast?: number; atMost?: number; detail: string },
): Figure => {
  const { unit = 'ratio', atLeast, atMost, detail } = options;
  const goal = atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : null;
  const met = atLeast !== undefined ? value >= atLeast : atMost !== undefined ? value <= atMost : null;
  return { what, value, unit, goal, met, detail };
};

export const formatFigure = (one: Figure): string =>
  [
    one.what.padEnd(64),
    `${round(one.value)} ${one.unit}`.padEnd(16),
    (one.goal ?? 'printed').padEnd(16),
    one.met === null ? '    ' : one.met ? 'met ' : 'MISS',
    ` ${one.detail}`,
  ].join(' ');

export const round = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3).replace(/\.?0+$/, '');

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
};

/** 95 % interval of the ratio of two medians by resampling pairs; the seed is fixed so that the same data say the same. */
export const ratioInterval = (
  pairs: readonly { readonly ours: number; readonly theirs: number }[],
): readonly [number, number] => {
  let state = 42;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const ratios = Array.from({ length: 300 }, () => {
    const drawn = Array.from(pairs, () => pairs[Math.floor(next() * pairs.length)]).filter(
      (pair) => pair !== undefined,
    );
    return median(drawn.map(({ ours }) => ours)) / median(drawn.map(({ theirs }) => theirs));
  });
  return [quantile(ratios, 0.025), quantile(ratios, 0.975)];
};
