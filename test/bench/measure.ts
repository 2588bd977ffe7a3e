/** One side of a comparison: does its work for `count` households. */
export interface Candidate {
  readonly name: string
  /** Households a round is made of: enough for some milliseconds. */
  readonly count: number
  readonly work: (count: number) => void | Promise<void>
}

/** One figure of the report and the bound it is held to. */
export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly target: string
  readonly holds: boolean
}

/** Microseconds per household of every candidate, round by round; all take turns in each round. */
export async function takeTurns(
  candidates: readonly Candidate[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map(candidates.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round <= rounds; round++) {
    for (const { name, count, work } of candidates) {
      const start = process.hrtime.bigint()
      await work(count)
      const microseconds = Number(process.hrtime.bigint() - start) / 1000
      // The first round is for the compiler.
      if (round > 0) times.get(name)?.push(microseconds / count)
    }
  }
  return times
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2
}

/** A figure that is reported, with no bound. */
export function reported(name: string, value: number, unit: string): Figure {
  return { figure: name, value: Number(value.toPrecision(3)), unit, target: '', holds: true }
}

/** A figure that must be at least, or at most, its target. */
export function figure(
  name: string,
  value: number,
  unit: string,
  bound: { readonly atLeast: number } | { readonly atMost: number },
): Figure {
  const atLeast = 'atLeast' in bound
  const holds = atLeast ? value >= bound.atLeast : value <= bound.atMost
  const target = atLeast ? `>= ${bound.atLeast}` : `<= ${bound.atMost}`
  return { figure: name, value: Number(value.toPrecision(3)), unit, target, holds }
}
