import { steps } from '../engine/fact-definition.js'
import type { Fact } from '../model/fact.js'
import { at, type Parts } from './parts.js'
import type { Defect } from './rulebook.js'

/** Facts whose bounds or codes are not stated: without them an unknown value has no meaning. */
export function checkFacts({ facts }: Parts): readonly Defect[] {
  return facts.flatMap((place) => {
    const wrong = [...rangeFaults(place.value), ...codeFaults(place.value)]
    if ((place.value.source === 'derived') !== (place.value.derive !== undefined)) {
      wrong.push(['/source', 'a fact with a derivation, and only it, has the source "derived"'])
    }
    return wrong.map(([pointer, reason]) => at(place, pointer, reason))
  })
}

type Fault = [pointer: string, reason: string]

function rangeFaults({ type, min, max }: Fact): Fault[] {
  if (type !== 'integer' && type !== 'decimal' && type !== 'date') return []
  const wanted = type === 'date' ? 'string' : 'number'
  const ends: [string, Fact['min']][] = [
    ['/min', min],
    ['/max', max],
  ]
  const wrong = ends.filter(([, end]) => typeof end !== wanted || Number.isNaN(steps(end, 1)))
  if (wrong.length > 0)
    return wrong.map(([pointer]) => [
      pointer,
      `a fact of type ${type} states its least and greatest value`,
    ])
  return steps(min, 1000) > steps(max, 1000) ? [['/max', 'max lies below min']] : []
}

function codeFaults({ type, values, pattern }: Fact): Fault[] {
  if (type !== 'code' && type !== 'code-set') return []
  if (values === undefined && pattern === undefined)
    return [['/values', 'codes are a closed list, or have a pattern']]
  return pattern === undefined || isPattern(pattern)
    ? []
    : [['/pattern', 'is no regular expression']]
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}
