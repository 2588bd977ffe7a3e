import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Clause } from '../../model/clause.js'
import { Problem } from '../../model/errors.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const ClauseInPlace = Clause.extend({
  paragraph: z.string().optional().meta({ description: 'The paragraph it stands in, where the source is at hand' }),
}).meta({ id: 'ClauseInPlace', description: 'A clause and the paragraph around it' })
const Params = z.strictObject({ id: z.string().meta({ description: 'Clause id' }) })

/** GET /v1/clauses/{id}: one clause, inside its paragraph when the documents are at hand. */
export function clauseRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const schema = {
    operationId: 'getClause',
    tags: ['catalogue'],
    summary: 'A clause',
    params: Params,
    response: answers('The clause', ClauseInPlace, [404]),
  }
  app.get<{ Params: { id: string } }>('/v1/clauses/:id', { schema }, async ({ params: { id } }) => {
    const clause = rulebook.clauses.get(id)
    if (clause === undefined) throw new Problem('not-found')
    return { ...clause, paragraph: rulebook.paragraphs.get(id) }
  })
}
