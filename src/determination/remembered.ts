import type { PlannedVersion } from './plan.js'

/** Values kept for each version; when there are more, all are made anew. */
const MOST = 1_000

/**
 * What `make` gives for a version and a key that says all it depends on; made once. Null: no key
 * says it all, and it is made anew, as for a key beyond what a number holds exactly.
 */
export type Remembered = <T>(planned: PlannedVersion, key: number | null, make: () => T) => T

/** A memory of its own for one kind of value. */
export function remembering(): Remembered {
  const all = new WeakMap<PlannedVersion, Map<number, unknown>>()
  return <T>(planned: PlannedVersion, key: number | null, make: () => T): T => {
    const isExact = key !== null && key <= Number.MAX_SAFE_INTEGER
    if (!isExact) return make()
    const kept = all.get(planned) ?? new Map<number, unknown>()
    all.set(planned, kept)
    if (kept.has(key)) return kept.get(key) as T
    if (kept.size >= MOST) kept.clear()
    const value = make()
    kept.set(key, value)
    return value
  }
}
