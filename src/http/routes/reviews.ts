import type { FastifyInstance } from 'fastify'
import { reviewDecision } from '../../ledger/review-decision.js'
import { Review, ReviewTerms } from '../../model/decision.js'
import { answersAs, REFUSED } from '../describe.js'
import { DecisionParams, findsDecision, ledgerOf } from '../find-decision.js'
import type { RouteParts } from '../parts.js'

/** POST /v1/decisions/{id}/reviews: a person confirms or overrides one outcome. */
export function reviewRoutes(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'reviewDecision',
    tags: ['decisions'],
    summary: 'Confirm or override a computed outcome, with the reason',
    params: DecisionParams,
    body: ReviewTerms,
    response: answersAs(
      { 201: { description: 'The review', content: { 'application/json': { schema: Review } } } },
      [400, 404, 413, 415, ...REFUSED],
    ),
  }
  const config = { scopes: ['decisions:write'] as const }
  const onRequest = findsDecision(app, parts)
  app.post('/v1/decisions/:id/reviews', { schema, config, onRequest }, async (request, reply) => {
    const { actor, office } = request.caller
    const said = { json: request.body, actor, office }
    void reply.code(201)
    return reviewDecision(ledgerOf(parts), request.decision, said, parts.clock())
  })
}
