// Ops that alone get a batch refused. They are set apart, so that the others go through, and tried one at a time, ever more seldom.
// Kept in memory only: after a new start they are found again by halving, which costs a few requests.

const FIRST_WAIT_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** The ops that one page holds apart. */
export class Apart {
  /** Ids with the times that each was refused alone. */
  private readonly refused = new Map<string, number>();
  /** Tries in a row that failed, and the last one's time. */
  private failures = 0;
  private triedAt: number | undefined;
  /** Something was set apart, and nothing has gone through since: it may be that everything is refused. */
  private inDoubt = false;

  /** An op was refused alone. */
  add(op: string, now: number): void {
    this.refused.set(op, (this.refused.get(op) ?? 0) + 1);
    this.failures += 1;
    this.triedAt = now;
    this.inDoubt = true;
  }

  /** Some ops went through. If one of them was apart, the cause was not in it, nor perhaps in the others: all are free again. */
  passed(ops: readonly string[]): void {
    if (ops.some((op) => this.refused.has(op))) this.refused.clear();
    if (this.refused.size === 0) this.failures = 0;
    if (this.inDoubt) this.hurry();
    this.inDoubt = false;
  }

  /** The next try need not wait. */
  hurry(): void {
    this.triedAt = undefined;
  }

  /** Of some ids in order, those that may go now: the ones that are not apart; else the one that is due, alone. */
  choose(ops: readonly string[], now: number): readonly string[] {
    const free = ops.filter((op) => !this.refused.has(op));
    if (free.length > 0 || !this.isDue(now)) return free;
    const times = (op: string): number => this.refused.get(op) ?? 0;
    return [...ops].sort((a, b) => times(a) - times(b)).slice(0, 1);
  }

  /** A clock that jumps, whichever way, makes it due early rather than never. */
  private isDue(now: number): boolean {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(10, this.failures));
    return this.triedAt === undefined || Math.abs(now - this.triedAt) >= wait;
  }
}
