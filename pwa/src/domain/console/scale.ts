// The scale of a bar chart: round steps, always from zero.

/** Steps that people read without effort. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Marks of the value axis from 0 up to the first one that holds the greatest value; whole numbers if `whole`. */
export function ticks(greatest: number, whole: boolean, count = 4): number[] {
  const top = greatest > 0 ? greatest : 1;
  const rough = top / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = STEPS.find((candidate) => candidate * power >= rough * 0.999_999) ?? 10;
  const step = whole ? Math.max(1, Math.ceil(factor * power)) : factor * power;
  const marks = Math.ceil(top / step - 1e-9);
  return Array.from({ length: marks + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}

/** Part of a length that a value takes, 0 to 1. */
export function part(value: number, greatest: number): number {
  return greatest > 0 ? Math.min(1, Math.max(0, value / greatest)) : 0;
}
