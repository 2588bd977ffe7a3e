import { CLAUSE_STATUSES, type Clause, type SourceDocument } from '../model/clause.js'
import { mentionsIn } from './mentions.js'
import type { Rulebook } from './rulebook.js'

/** What became of the clauses of one document. */
export interface DocumentCoverage {
  readonly document: SourceDocument
  readonly counts: Readonly<Record<Clause['status'], number>>
  readonly clauses: readonly CoveredClause[]
}

/** A clause and the rule versions that cite it. */
export interface CoveredClause {
  readonly id: string
  readonly locator: string
  readonly status: Clause['status']
  readonly versions: readonly string[]
}

/** For each document the clauses read in it, by status, and where they are used. */
export function coverage(rulebook: Rulebook): readonly DocumentCoverage[] {
  const users = usersOf(rulebook)
  return [...rulebook.documents.values()].map((document) => {
    const clauses = [...rulebook.clauses.values()]
      .filter((clause) => clause.document === document.id)
      .map(({ id, locator, status }) => ({ id, locator, status, versions: users.get(id) ?? [] }))
    const count = (status: string) => clauses.filter((clause) => clause.status === status).length
    const counts = Object.fromEntries(CLAUSE_STATUSES.map((status) => [status, count(status)]))
    return { document, counts: counts as DocumentCoverage['counts'], clauses }
  })
}

function usersOf({ programmes }: Rulebook): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { rule, json } of [...programmes.values()].flatMap(({ versions }) => versions)) {
    const ids = new Set(mentionsIn(json).flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])))
    for (const id of ids) users.set(id, [...(users.get(id) ?? []), rule.id])
  }
  return users
}
