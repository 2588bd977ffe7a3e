import type { Fact, Programme } from '../api/client.ts'

/** Facts under one heading. */
export interface FactGroup {
  readonly key: string
  /** Null: facts that several programmes read. */
  readonly programme: Programme | null
  readonly facts: readonly Fact[]
}

const SEVERAL = 3

/**
 * The facts about one entity that some programmes read: those of several programmes first, then
 * by the programme that reads them; facts that are not read are left out.
 */
export function groupFacts(
  facts: readonly Fact[],
  programmes: readonly Programme[],
  entity: Fact['entity'],
  more: ReadonlySet<string>,
): readonly FactGroup[] {
  const several = Math.min(SEVERAL, programmes.length)
  const shared: Fact[] = []
  const byProgramme = new Map<Programme, Fact[]>()
  for (const fact of facts) {
    if (fact.entity !== entity) continue
    const readers = programmes.filter((programme) => programme.facts.includes(fact.id))
    const [first] = readers
    if (first === undefined ? more.has(fact.id) : readers.length >= several) shared.push(fact)
    else if (first !== undefined) byProgramme.set(first, [...(byProgramme.get(first) ?? []), fact])
  }
  const groups = programmes.flatMap((programme) => {
    const own = byProgramme.get(programme)
    return own === undefined ? [] : [{ key: programme.id, programme, facts: own }]
  })
  return shared.length === 0
    ? groups
    : [{ key: 'shared', programme: null, facts: shared }, ...groups]
}
