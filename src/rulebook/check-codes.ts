import { classCount, codeClasses } from '../engine/code-classes.js'
import { type ConditionNode, codesByFact } from '../engine/condition-node.js'
import { MAX_CLASSES } from '../engine/slots.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect, LoadedReferral } from './rulebook.js'
import type { TypedRule } from './type-parts.js'

/** A condition that is evaluated as one program with the others of its jurisdiction and subject. */
interface Asked {
  readonly program: string
  readonly condition: ConditionNode
  readonly place: Placed<unknown>
  readonly pointer: string
}

/**
 * Facts of which the rules and referrals of a jurisdiction tell more codes apart than one program
 * can, each named at the condition that tells most of them apart.
 */
export function checkCodes(
  { clauses, jurisdictions }: Parts,
  rules: readonly TypedRule[],
  referrals: ReadonlyMap<string, LoadedReferral>,
): readonly Defect[] {
  const codes = new Map(jurisdictions.map(({ value }) => [value.slug, value.code]))
  const programs = new Map<string, Asked[]>()
  for (const asked of [
    ...clauses.flatMap((place) => ofReferral(place, referrals)),
    ...rules.flatMap((typed) => ofRule(typed, codes)),
  ]) {
    const together = programs.get(asked.program) ?? []
    together.push(asked)
    programs.set(asked.program, together)
  }
  return [...programs.values()].flatMap(tooMany)
}

function ofReferral(
  place: Parts['clauses'][number],
  referrals: ReadonlyMap<string, LoadedReferral>,
): readonly Asked[] {
  const { id, referral } = place.value
  const typed = referrals.get(id)
  if (referral === undefined || typed === undefined) return []
  const program = `${referral.jurisdiction} ${referral.subject}`
  return [{ program, condition: typed.group, place, pointer: '/referral/group' }]
}

function ofRule({ place, rule }: TypedRule, codes: ReadonlyMap<string, string>): readonly Asked[] {
  const [slug] = rule.id.split('/') as [string]
  const program = `${codes.get(slug)} ${rule.subject}`
  return [
    { program, condition: rule.conditions, place, pointer: '/conditions' },
    ...rule.warnings.flatMap(({ when }, index) =>
      when === null
        ? []
        : [{ program, condition: when, place, pointer: `/warnings/${index}/when` }],
    ),
  ]
}

function tooMany(together: readonly Asked[]): readonly Defect[] {
  const compared = codesByFact(together.map(({ condition }) => condition))
  return [...compared].flatMap(([fact, lists]) => {
    const told = classesIn(lists)
    if (told <= MAX_CLASSES) return []
    const own = together.map(({ condition }) => classesIn(codesByFact([condition]).get(fact) ?? []))
    const { place, pointer } = together[own.indexOf(Math.max(...own))] as Asked
    const reason = `${told} codes of ${fact.id} are told apart by the rules of one jurisdiction, ${MAX_CLASSES} at most (codes that always stand in the same lists are one)`
    return [at(place, pointer, reason)]
  })
}

function classesIn(lists: readonly (readonly string[])[]): number {
  return classCount(codeClasses(lists))
}
