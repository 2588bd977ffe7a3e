import { segment } from '../engine/typing.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'

/** Ids and codes that stand twice in one list of a rule version, a fact, a referral or a conflict. */
export function checkLists(parts: Parts): readonly Defect[] {
  const named = (place: Placed<unknown>, json: unknown, below = '') =>
    repeatedIn(json, below).map(({ pointer, text }) =>
      at(place, pointer, `"${text}" stands twice in the list`),
    )
  return [
    ...parts.versions.flatMap((place) => named(place, place.value)),
    ...parts.facts.flatMap((place) => named(place, place.value)),
    ...parts.clauses.flatMap((place) => named(place, place.value.referral, '/referral')),
    ...parts.conflicts.flatMap((place) => named(place, place.value)),
  ]
}

interface Repeated {
  readonly pointer: string
  readonly text: string
}

/** Texts of a JSON tree that stand earlier in the same list. */
function repeatedIn(json: unknown, pointer: string): readonly Repeated[] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]): readonly Repeated[] => {
    const place = pointer + segment(key)
    const again = Array.isArray(json) && json.indexOf(value) < Number(key)
    return typeof value === 'string' && again
      ? [{ pointer: place, text: value }]
      : repeatedIn(value, place)
  })
}
