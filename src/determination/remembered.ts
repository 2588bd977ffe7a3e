import type { PlannedVersion } from './plan.js'

/** Values kept for each version; when there are more, all are made anew. */
const MOST = 1_000

const KEPT = new WeakMap<PlannedVersion, Map<string | number, unknown>>()

/**
 * What `make` gives for a version and a key that says all it depends on; made once. Null: no key
 * says it all, and it is made anew.
 */
export function remembered<T>(
  planned: PlannedVersion,
  key: string | number | null,
  make: () => T,
): T {
  if (key === null) return make()
  const kept = KEPT.get(planned) ?? new Map<string | number, unknown>()
  KEPT.set(planned, kept)
  if (kept.has(key)) return kept.get(key) as T
  if (kept.size >= MOST) kept.clear()
  const value = make()
  kept.set(key, value)
  return value
}
