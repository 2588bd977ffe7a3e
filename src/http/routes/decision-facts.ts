import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { eraseFacts } from '../../ledger/erase-facts.js'
import { storedFacts } from '../../ledger/read-decision.js'
import { answers, answersAs, REFUSED } from '../describe.js'
import { DecisionParams, findsDecision, ledgerOf } from '../find-decision.js'
import { noteReading } from '../note-reading.js'
import type { RouteParts } from '../parts.js'

const SealedFacts = z
  .strictObject({
    id: z.string().meta({ description: 'Decision id' }),
    salt: z.string().meta({ description: '32 bytes in base64' }),
    facts: z.string().meta({
      description: 'The exact text: factsCommitment of the entry is SHA-256(salt, then this text)',
    }),
  })
  .meta({ id: 'SealedFacts', description: 'The facts of a decision as they were committed to' })

/** GET and DELETE /v1/decisions/{id}/facts: the erasable part of a decision, and its erasure. */
export function decisionFactsRoutes(app: FastifyInstance, parts: RouteParts): void {
  readRoute(app, parts)
  eraseRoute(app, parts)
}

function readRoute(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'getFacts',
    tags: ['decisions'],
    summary: 'The facts of a decision with their salt, to hold against its entry in the log',
    params: DecisionParams,
    response: answers('The facts as committed to', SealedFacts, [404, 410, ...REFUSED]),
  }
  const config = { scopes: ['decisions:read', 'audit'] as const }
  const onRequest = findsDecision(app, parts, 'audit')
  app.get('/v1/decisions/:id/facts', { schema, config, onRequest }, async (request) => {
    const { id } = request.decision
    await noteReading(request, { act: 'read', decisions: [id] }, parts)
    const { salt, text } = await storedFacts(ledgerOf(parts).store, id)
    return { id, salt, facts: text }
  })
}

function eraseRoute(app: FastifyInstance, parts: RouteParts): void {
  const schema = {
    operationId: 'eraseFacts',
    tags: ['decisions'],
    summary: 'Erase the facts of a decision for good; the log still verifies',
    params: DecisionParams,
    response: answersAs({ 204: { description: 'They are gone' } }, [404, ...REFUSED]),
  }
  const config = { scopes: ['privacy'] as const, mayBeEmpty: true }
  const onRequest = findsDecision(app, parts, 'privacy')
  app.delete('/v1/decisions/:id/facts', { schema, config, onRequest }, async (request, reply) => {
    await eraseFacts(ledgerOf(parts), request.decision, request.caller, parts.clock())
    return reply.code(204).send()
  })
}
