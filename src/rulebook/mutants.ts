import type { Dictionary } from '../engine/fact-definition.js'
import { isObject, segment } from '../engine/typing.js'
import type { RuleVersion } from '../model/rule-version.js'
import { DROPPED, dayEdits, lastPlace, moved } from './edit.js'
import { conditionEdits, soleLeafEdits } from './mutate-condition.js'
import { expressionEdits } from './mutate-expression.js'

/** A rule version with one thing changed; its id says which version, where and what. */
export interface Mutant {
  readonly id: string
  readonly version: RuleVersion
}

/**
 * Every small change that worked cases have to notice: each operator turned, each comparison or
 * alternative dropped, each figure moved by one unit of its type, all and any exchanged, not left
 * out, the first and last day moved by one.
 */
export function mutantsOf(version: RuleVersion, dictionary: Dictionary): readonly Mutant[] {
  const units = unitsOf(version, dictionary)
  const warnings = version.warnings ?? []
  const edits = [
    ...conditionEdits(version.conditions, '/conditions', dictionary),
    ...soleLeafEdits(version.conditions),
    ...Object.entries(version.parameters).flatMap(([name, { value }]) =>
      moved(value, `/parameters${segment(name)}/value`, units(name)),
    ),
    ...expressionEdits(version.entitlement, '/entitlement', dictionary),
    ...expressionEdits(version.scorecard, '/scorecard', dictionary),
    ...warnings.flatMap(({ when }, index) =>
      when === undefined ? [] : conditionEdits(when, `/warnings/${index}/when`, dictionary),
    ),
    ...dayEdits(version.validFrom, '/validFrom'),
    ...dayEdits(version.validTo, '/validTo'),
  ]
  return edits.map((edit) => ({
    id: `${version.version} ${edit.pointer} ${edit.change}`,
    version: applied(version, edit.pointer.split('/').slice(1), edit.value) as RuleVersion,
  }))
}

/** The unit of each parameter: a step of the fact it is compared with, a fen, or its last decimal. */
function unitsOf(version: RuleVersion, dictionary: Dictionary): (name: string) => number {
  const compared = new Map<string, number>()
  const visit = (json: unknown): void => {
    if (typeof json !== 'object' || json === null) return
    const { fact, value } = json as Record<string, unknown>
    if (typeof fact === 'string' && isObject(value) && typeof value.fact === 'string')
      compared.set(value.fact, 1 / (dictionary.get(fact)?.scale ?? 1))
    for (const inner of Object.values(json)) visit(inner)
  }
  visit([version.conditions, version.entitlement, version.scorecard, version.warnings])
  return (name) => {
    const { unit, value } = version.parameters[name] as RuleVersion['parameters'][string]
    if (unit?.startsWith('CNY')) return 0.01
    return compared.get(`parameter.${name}`) ?? Math.min(lastPlace(value), 1)
  }
}

function applied(json: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(json)) {
    const index = Number(key)
    return json.flatMap((inner, place) => {
      if (place !== index) return [inner]
      return rest.length === 0 && value === DROPPED ? [] : [applied(inner, rest, value)]
    })
  }
  const object = json as Record<string, unknown>
  return { ...object, [key]: applied(object[key], rest, value) }
}
