import { decisiveLeaves } from '../engine/explain.js'
import type { AnswerContext } from './answer-context.js'
import { type EvaluatedVersion, readLeaves } from './evaluated-versions.js'
import { remembering } from './remembered.js'
import { clausesOfLeaf } from './rule-facts.js'

/** What a determination cites, and whether any of it was not read in an official copy. */
export interface Cited {
  readonly clauses: readonly string[]
  readonly unchecked: boolean
}

const citedOnce = remembering()

/** The clauses that confer, those of decisive leaves, then the entitlement's; first occurrence. */
export function citedBy(
  evaluated: EvaluatedVersion,
  granted: boolean,
  { rulebook }: AnswerContext,
): Cited {
  const { planned, bytes, attested } = evaluated
  const key = decisiveLeaves(planned.root, bytes) * 4 + 2 * Number(attested) + Number(granted)
  return citedOnce(planned, key, () => {
    const { rule } = planned.version
    const decisive = readLeaves(evaluated).filter((reading) => reading.decisive)
    const ofLeaves = decisive.flatMap(({ leaf }) => clausesOfLeaf(leaf))
    const ofGrant = granted ? rule.entitlement.clauses : []
    const clauses = [...new Set([...rule.version.clauses, ...ofLeaves, ...ofGrant])]
    const unchecked = clauses.some((id) => rulebook.clauses.get(id)?.evidence !== 'official-text')
    return { clauses, unchecked }
  })
}
