import { CLAUSE_STATUSES, type Clause, type SourceDocument } from '../model/clause.js'
import type { Words } from '../model/language.js'
import { mentionsIn } from './mentions.js'
import type { Rulebook } from './rulebook.js'

/** What became of the clauses of one document. */
export interface DocumentCoverage {
  readonly document: SourceDocument
  readonly counts: Readonly<Record<Clause['status'], number>>
  readonly clauses: readonly CoveredClause[]
}

/** A clause, what became of it, and what cites it. */
export interface CoveredClause {
  readonly id: string
  readonly locator: string
  readonly status: Clause['status']
  readonly versions: readonly string[]
  /** The programmes of these versions. */
  readonly programmes: readonly string[]
  /** Facts whose definition rests on it. */
  readonly facts: readonly string[]
  /** Why it is no rule; null where it is one. */
  readonly why: Words | null
}

/** For each document the clauses read in it, by status, and where they are used. */
export function coverage(rulebook: Rulebook): readonly DocumentCoverage[] {
  const users = usersOf(rulebook)
  return [...rulebook.documents.values()].map((document) => {
    const clauses = [...rulebook.clauses.values()]
      .filter((clause) => clause.document === document.id)
      .map((clause) => coveredClause(clause, users.get(clause.id) ?? [], rulebook))
    const count = (status: string) => clauses.filter((clause) => clause.status === status).length
    const counts = Object.fromEntries(CLAUSE_STATUSES.map((status) => [status, count(status)]))
    return { document, counts: counts as DocumentCoverage['counts'], clauses }
  })
}

function coveredClause(
  { id, locator, status, why }: Clause,
  versions: readonly string[],
  { facts }: Rulebook,
): CoveredClause {
  const programmes = [...new Set(versions.map((version) => version.split('@')[0] as string))]
  const defined = facts.filter((fact) => fact.clauses?.includes(id)).map((fact) => fact.id)
  return { id, locator, status, versions, programmes, facts: defined, why: why ?? null }
}

function usersOf({ programmes }: Rulebook): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { rule, json } of [...programmes.values()].flatMap(({ versions }) => versions)) {
    const ids = new Set(mentionsIn(json).flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])))
    for (const id of ids) users.set(id, [...(users.get(id) ?? []), rule.id])
  }
  return users
}
