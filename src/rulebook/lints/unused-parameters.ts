import { isObject } from '../../engine/typing.js'
import type { LoadedVersion } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Figures of a version that no condition, amount, points table or warning reads. */
export function unusedParameters({ rule }: LoadedVersion): readonly Finding[] {
  const { parameters, conditions, entitlement, scorecard, warnings } = rule.version
  const read = new Set(namesIn([conditions, entitlement, scorecard, warnings]))
  return Object.keys(parameters)
    .filter((name) => !read.has(name))
    .map((name) => ({
      id: `unused-parameter ${rule.id} ${name}`,
      reason: 'no condition, amount or warning reads this figure',
    }))
}

function namesIn(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.flatMap(namesIn)
  if (!isObject(json)) return []
  const { parameter, fact } = json
  const own = [
    ...(typeof parameter === 'string' ? [parameter] : []),
    ...(typeof fact === 'string' && fact.startsWith('parameter.') ? [fact.slice(10)] : []),
  ]
  return [...own, ...Object.values(json).flatMap(namesIn)]
}
