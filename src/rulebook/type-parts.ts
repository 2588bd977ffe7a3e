import { defineDictionary } from '../engine/define-dictionary.js'
import type { Dictionary } from '../engine/fact-definition.js'
import { parseCondition } from '../engine/parse-condition.js'
import type { Rule } from '../engine/rule.js'
import { factsOf, isObject } from '../engine/typing.js'
import { ENTITIES, type Entity } from '../model/fact.js'
import type { RuleVersion } from '../model/rule-version.js'
import { checkExpressions, computationsOf, derivationOf } from './check-expressions.js'
import { inOrder } from './in-order.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect, LoadedConflict, LoadedReferral } from './rulebook.js'
import { typeRule } from './type-rule.js'

type Report = (defect: Defect) => void

/** The dictionary with every derivation typed and its numbers checked. */
export function typeFacts({ facts }: Parts, report: Report): Dictionary {
  const place = (index: number) => facts[index] as Parts['facts'][number]
  const values = facts.map(({ value }) => value)
  const dictionary = defineDictionary(values, (index, pointer, reason) =>
    report(at(place(index), pointer, reason)),
  )
  const check = checkExpressions(dictionary)
  facts.forEach((fact) => {
    const definition = dictionary.get(fact.value.id)
    if (definition !== undefined)
      check(derivationOf(definition), (pointer, reason) => report(at(fact, pointer, reason)))
  })
  return dictionary
}

/** A rule version that the engine can work on, and its file. */
export interface TypedRule {
  readonly place: Placed<RuleVersion>
  readonly rule: Rule
}

/** Every rule version whose programme is known, typed and its numbers checked. */
export function typeRules(
  { versions, files }: Parts,
  dictionary: Dictionary,
  report: Report,
): readonly TypedRule[] {
  const subjects = subjectsOf(files)
  const check = checkExpressions(dictionary)
  return versions.flatMap((place) => {
    const subject = subjects.get(place.from.folder)
    if (subject === undefined) return []
    const here = (pointer: string, reason: string) => report(at(place, pointer, reason))
    const rule = typeRule(place.value, subject, dictionary, here)
    if (rule === undefined) return []
    for (const computation of computationsOf(rule)) check(computation, here)
    return [{ place, rule }]
  })
}

/** Whom each programme entitles, as its file says even where the rest of it is faulty. */
function subjectsOf(files: Parts['files']): ReadonlyMap<string, Entity> {
  const subjects = files.flatMap(({ kind, folder, json }): [string, Entity][] => {
    if (kind !== 'programme' || !isObject(json)) return []
    return ENTITIES.filter((entity) => entity === json.subject).map((entity) => [folder, entity])
  })
  return new Map(subjects)
}

/** The conflicts, typed: about a member where both programmes are. */
export function typeConflicts(
  { conflicts, files }: Parts,
  dictionary: Dictionary,
  report: Report,
): readonly LoadedConflict[] {
  const subjects = subjectsOf(files)
  return conflicts.flatMap((place): LoadedConflict[] => {
    const { programmes, when } = place.value
    if (when === undefined) return [{ conflict: place.value, when: null }]
    const typed = parseCondition(when, '', {
      ...factsOf(dictionary),
      parameters: {},
      member: programmes.every((id) => subjects.get(id) === 'member'),
      report: (pointer, reason) => report(at(place, `/when${pointer}`, reason)),
    })
    return typed === undefined ? [] : [{ conflict: place.value, when: typed }]
  })
}

/** The groups of the clauses that refer, typed. */
export function typeReferrals(
  { clauses }: Parts,
  dictionary: Dictionary,
  report: Report,
): ReadonlyMap<string, LoadedReferral> {
  const referrals = clauses.flatMap((place): [string, LoadedReferral][] => {
    const clause = place.value
    if (clause.referral === undefined) return []
    const group = parseCondition(clause.referral.group, '', {
      ...factsOf(dictionary),
      parameters: {},
      member: clause.referral.subject === 'member',
      report: (pointer, reason) => report(at(place, `/referral/group${pointer}`, reason)),
    })
    return group === undefined ? [] : [[clause.id, { clause, group }]]
  })
  return new Map(referrals.sort(([a], [b]) => inOrder(a, b)))
}
