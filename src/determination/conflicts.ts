import { YES } from '../engine/bounds.js'
import { NO_MEMBER } from '../engine/fact-values.js'
import { conditionReading } from '../engine/read-condition.js'
import type { Determination } from '../model/determination.js'
import type { LoadedConflict, Rulebook } from '../rulebook/rulebook.js'
import type { AnswerContext } from './answer-context.js'
import { type EvaluatedVersion, outcomeOf } from './evaluated-versions.js'
import { onceFor } from './once-for.js'
import { conflictsWith } from './words.js'

/** The other programme of a conflict, and the conflict. */
export interface Against {
  readonly other: string
  readonly loaded: LoadedConflict
}

/** The table of conflicts by programme, both ways round. */
const conflictTable = onceFor(({ conflicts }: Rulebook) => {
  const table = new Map<string, readonly Against[]>()
  for (const loaded of conflicts) {
    const [a, b] = loaded.conflict.programmes
    table.set(a, [...(table.get(a) ?? []), { other: b, loaded }])
    table.set(b, [...(table.get(b) ?? []), { other: a, loaded }])
  }
  return table
})

/** The conflicts that the warnings of a determination name. */
export function conflictsNamedBy(
  { programme, warnings }: Pick<Determination, 'programme' | 'warnings'>,
  rulebook: Rulebook,
): readonly Against[] {
  const against = conflictTable(rulebook).get(programme) ?? []
  return against.filter(({ other }) => warnings.includes(conflictsWith(other)))
}

/**
 * The conflicts that each determination conflicts with, in one answer: one of the two is
 * granted, the other is granted or may be, to the same person or household.
 */
export function conflictsBetween(
  evaluated: readonly EvaluatedVersion[],
  context: AnswerContext,
): ReadonlyMap<EvaluatedVersion, readonly Against[]> {
  const table = conflictTable(context.rulebook)
  const concerned = evaluated.flatMap((one) => {
    const listed = table.get(programmeOf(one))
    return listed === undefined ? [] : [{ one, listed }]
  })
  const found = new Map<EvaluatedVersion, readonly Against[]>()
  for (const { one, listed } of concerned) {
    const against = listed.filter(({ other, loaded }) =>
      concerned.some(
        ({ one: two }) =>
          programmeOf(two) === other && meet(one, two) && concerns(loaded, one, context),
      ),
    )
    if (against.length > 0) found.set(one, against)
  }
  return found
}

function programmeOf({ planned }: EvaluatedVersion): string {
  return planned.version.rule.version.programme
}

/** Whether both can come to one person: a household's programme meets those of all its members. */
function meet(one: EvaluatedVersion, two: EvaluatedVersion): boolean {
  const outcomes = [outcomeOf(one), outcomeOf(two)]
  if (outcomes.includes('ineligible') || !outcomes.includes('eligible')) return false
  return one.member === two.member || one.member === NO_MEMBER || two.member === NO_MEMBER
}

function concerns(
  { when }: LoadedConflict,
  { member }: EvaluatedVersion,
  { facts }: AnswerContext,
): boolean {
  return when === null || conditionReading(when, facts, member) === YES
}
