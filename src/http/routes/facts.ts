import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Fact } from '../../model/fact.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const Facts = z.strictObject({ facts: z.array(Fact) })

/** GET /v1/facts: the dictionary, with the questions to ask. */
export function factRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const schema = {
    operationId: 'listFacts',
    tags: ['catalogue'],
    summary: 'The dictionary of facts',
    response: answers('Every fact: type, values, question, who can supply it', Facts),
  }
  app.get('/v1/facts', { schema }, async () => ({ facts: rulebook.facts }))
}
