import { evaluate } from '../engine/evaluate.js'
import { loadFacts } from '../engine/load-facts.js'
import type { Preparation } from './prepare.js'

/** The bytes of every subject: of the household's plan, and of the members' plan for each member. */
export interface Readings {
  readonly household: Uint8Array
  readonly members: readonly Uint8Array[]
}

/** Reads every subject with the compiled evaluator. */
export function readCompiled({ facts, selection }: Preparation): Readings {
  const { household, member } = selection.plan
  loadFacts(household.program, facts)
  evaluate(household.program)
  loadFacts(member.program, facts)
  const members = facts.household.members.map((_, index) => {
    loadFacts(member.program, facts, index)
    evaluate(member.program)
    return member.program.bytes.slice()
  })
  return { household: household.program.bytes.slice(), members }
}
