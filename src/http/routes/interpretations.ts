import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Interpretation } from '../../model/clause.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const Interpretations = z.strictObject({ interpretations: z.array(Interpretation) })

/** GET /v1/interpretations: the named choices made where a text is silent. */
export function interpretationRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const schema = {
    operationId: 'listInterpretations',
    tags: ['catalogue'],
    summary: 'Named choices made where a text is silent',
    response: answers('Every interpretation and its reason', Interpretations),
  }
  app.get('/v1/interpretations', { schema }, async () => ({
    interpretations: [...rulebook.interpretations.values()],
  }))
}
