import { and, compare, not, or } from './logic.js'
import { type Sql, text } from './sql.js'

/** A fact that is missing where its guard holds. */
interface MissingFactSql {
  readonly entity: 'household' | 'member'
  /** Its id, or its name for a member in view. */
  readonly name: string
  readonly guard: Sql
}
/** Keys of other members, as a column of text that is empty where there are none. */
interface MissingTextSql {
  readonly text: Sql
  readonly guard: Sql
}
/** Unknown facts, each under a guard; by key, so that one fact stands once. */
export interface MissingSql {
  readonly facts: ReadonlyMap<string, MissingFactSql>
  readonly texts: ReadonlyMap<string, MissingTextSql>
}

export const NOTHING_MISSING: MissingSql = { facts: new Map(), texts: new Map() }

/** All of these together. */
export function mergeMissing(parts: readonly MissingSql[]): MissingSql {
  const facts = new Map<string, MissingFactSql>()
  const texts = new Map<string, MissingTextSql>()
  for (const part of parts) {
    for (const [key, one] of part.facts)
      facts.set(key, { ...one, guard: or(facts.get(key)?.guard ?? FALSE_GUARD, one.guard) })
    for (const [key, one] of part.texts)
      texts.set(key, { ...one, guard: or(texts.get(key)?.guard ?? FALSE_GUARD, one.guard) })
  }
  return { facts, texts }
}

const FALSE_GUARD = or()

/** The same where something holds as well. */
export function missingUnder(guard: Sql, missing: MissingSql): MissingSql {
  const under = <T extends { readonly guard: Sql }>(map: ReadonlyMap<string, T>) =>
    new Map(
      [...map]
        .map(([key, one]) => [key, { ...one, guard: and(guard, one.guard) }] as const)
        .filter(([, one]) => one.guard !== FALSE_GUARD),
    )
  return { facts: under(missing.facts), texts: under(missing.texts) }
}

/** Whether nothing is missing. */
export function isNothingMissing({ facts, texts }: MissingSql): Sql {
  return not(
    or(
      ...[...facts.values()].map(({ guard }) => guard),
      ...[...texts.values()].map((one) => and(one.guard, compare(one.text, '<>', text('')))),
    ),
  )
}
