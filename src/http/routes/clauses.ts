import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Clause } from '../../model/clause.js'
import { Problem } from '../../model/errors.js'
import { type CoveredClause, coverage } from '../../rulebook/coverage.js'
import { answers, GUARDED } from '../describe.js'
import type { RouteParts } from '../parts.js'

/** A clause as the catalogue shows it. */
export const CitedClause = Clause.extend({
  versions: z.array(z.string()).meta({ description: 'Rule versions that cite it' }),
  programmes: z.array(z.string()).meta({ description: 'Their programmes' }),
  facts: z.array(z.string()).meta({ description: 'Facts whose definition rests on it' }),
}).meta({ id: 'ClauseWithVersions', description: 'A clause and the rule versions that cite it' })

const ClauseInPlace = CitedClause.extend({
  paragraph: z
    .string()
    .optional()
    .meta({ description: 'The paragraph it stands in, where the source is at hand' }),
}).meta({ id: 'ClauseInPlace', description: 'A clause and the paragraph around it' })
const Params = z.strictObject({ id: z.string().meta({ description: 'Clause id' }) })

/** GET /v1/clauses/{id}: one clause, inside its paragraph when the documents are at hand. */
export function clauseRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const covered = coverage(rulebook).flatMap(({ clauses }) => clauses)
  const schema = {
    operationId: 'getClause',
    tags: ['catalogue'],
    summary: 'A clause',
    params: Params,
    response: answers('The clause', ClauseInPlace, [404, ...GUARDED]),
  }
  app.get<{ Params: { id: string } }>('/v1/clauses/:id', { schema }, async ({ params: { id } }) => {
    const found = covered.find((clause) => clause.id === id)
    if (found === undefined) throw new Problem('not-found')
    return {
      ...rulebook.clauses.get(id),
      ...citedBy(found),
      paragraph: rulebook.paragraphs.get(id),
    }
  })
}

/** What cites a clause. */
export function citedBy({ versions, programmes, facts }: CoveredClause): {
  versions: string[]
  programmes: string[]
  facts: string[]
} {
  return { versions: [...versions], programmes: [...programmes], facts: [...facts] }
}
