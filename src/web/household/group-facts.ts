import type { Fact, Programme } from '../api/client.ts'

/** Facts under one heading. */
export interface FactGroup {
  readonly key: string
  /** Null: facts that two or more programmes need. */
  readonly programme: Programme | null
  readonly facts: readonly Fact[]
}

/** Facts that an answer lacked, with the ids of the programmes that lacked them. */
export type Missed = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The facts about one entity that some programmes need: those of two or more programmes first,
 * then by the one programme that needs them; facts that are not needed are left out.
 */
export function groupFacts(
  facts: readonly Fact[],
  programmes: readonly Programme[],
  entity: Fact['entity'],
  missed: Missed,
): readonly FactGroup[] {
  const shared: Fact[] = []
  const byProgramme = new Map<Programme, Fact[]>()
  for (const fact of facts) {
    if (fact.entity !== entity) continue
    const [first, ...others] = programmes.filter(
      ({ id, facts: read }) => read.includes(fact.id) || missed.get(fact.id)?.has(id),
    )
    if (first === undefined) continue
    if (others.length > 0) shared.push(fact)
    else byProgramme.set(first, [...(byProgramme.get(first) ?? []), fact])
  }
  const groups = programmes.flatMap((programme) => {
    const own = byProgramme.get(programme)
    return own === undefined ? [] : [{ key: programme.id, programme, facts: own }]
  })
  return shared.length === 0
    ? groups
    : [{ key: 'shared', programme: null, facts: shared }, ...groups]
}
